package dev.atexit.file;

import dev.atexit.internal.tree.FileIdentity;
import dev.atexit.internal.tree.OwnerOnly;
import dev.atexit.internal.tree.RandomName;
import dev.atexit.internal.tree.TreeDeleter;
import dev.atexit.internal.tree.TreeDeletion;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Temporary files and directories that are gone when the program ends, or earlier. The counterpart of the Python model's
 * {@code TempManager}.
 *
 * <pre>{@code
 * TempManager temp = new TempManager();
 * Path work = temp.createDirectory("work-");
 * Path part = temp.createFile(work, "part-", ".csv");
 * temp.track(Path.of("build.lock"));
 * }</pre>
 *
 * <p>A file is deleted only if it still is the one that was created or tracked. What has been put in its place is left
 * alone and reported; so call {@link #track} again after replacing a file. A path that does not exist any more is fine,
 * whether it was deleted or renamed by hand. Directories are deleted as {@link FileTree} does it.
 *
 * <p><b>Threading.</b> All methods may be called from any thread at any time.
 *
 * <p><b>Ordering.</b> A manager is one handler of {@link dev.atexit.AtExit}, with the place it got when it was first used;
 * {@link dev.atexit.AtExit#clear} does not forget it. What it has is deleted newest first.
 *
 * <p><b>Failure.</b> What cannot be deleted does not stop the rest. At the exit each path that is not gone is a failure in
 * the report, with lines on standard error; {@link #close} and {@link #delete} throw.
 *
 * <p><b>Time.</b> No bound but the exit's own. Creating, deleting and forgetting one path take the time of the system
 * calls, however many there are.
 *
 * <p><b>Durable.</b> What is created or tracked is written down before it exists, in a file of the state directory. If this
 * program is killed, the guardian deletes it at once where there is one (see {@link dev.atexit.ExitPolicy}); else the next
 * program of this user that uses this library, or {@code atexit sweep}. Costs no system call in the ordinary case. Where
 * it cannot be written that is said once, and files go as long as this program lives.
 *
 * <p><b>Not guaranteed.</b> That a file which is moved away is remembered
 * when it is moved back: among more than a few hundred paths, one found missing is forgotten.
 */
public final class TempManager implements AutoCloseable {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    /** A name that is taken is as good as impossible; unless a machine's memory was copied. */
    private static final int MAX_TRIES = 16;

    private final TrackedPaths paths = new TrackedPaths();
    private final TempRecords records = new TempRecords();

    /** Creates a manager that has nothing to delete. It takes its place at the program's exit when it is first used. */
    public TempManager() {}

    /**
     * Creates a directory, readable by its owner only, in the directory of the system property {@code java.io.tmpdir}.
     *
     * @param prefix what its name begins with; 32 random digits follow
     * @return its absolute path
     * @throws IOException if it cannot be created
     * @throws IllegalArgumentException if the prefix has a separator or a NUL in it
     * @throws IllegalStateException if this is closed, or the exit handlers have run; nothing is created
     */
    public Path createDirectory(String prefix) throws IOException {
        return create(temporaryDirectory(), Objects.requireNonNull(prefix, "prefix"), "", true);
    }

    /**
     * Creates a directory, readable by its owner only.
     *
     * @param parent where to create it; must exist
     * @param prefix as {@link #createDirectory(String)}
     * @return as {@link #createDirectory(String)}
     * @throws IOException as {@link #createDirectory(String)}
     * @throws IllegalStateException as {@link #createDirectory(String)}
     */
    public Path createDirectory(Path parent, String prefix) throws IOException {
        return create(Objects.requireNonNull(parent, "parent"), Objects.requireNonNull(prefix, "prefix"), "", true);
    }

    /**
     * Creates an empty file, readable by its owner only, in the directory of the system property {@code java.io.tmpdir}.
     *
     * @param prefix what its name begins with; 32 random digits follow
     * @param suffix what its name ends in, such as {@code .csv}
     * @return its absolute path
     * @throws IOException if it cannot be created
     * @throws IllegalArgumentException if the prefix or the suffix has a separator or a NUL in it
     * @throws IllegalStateException if this is closed, or the exit handlers have run; nothing is created
     */
    public Path createFile(String prefix, String suffix) throws IOException {
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(suffix, "suffix");
        return create(temporaryDirectory(), prefix, suffix, false);
    }

    /**
     * Creates an empty file, readable by its owner only.
     *
     * @param parent where to create it; must exist
     * @param prefix as {@link #createFile(String, String)}
     * @param suffix as {@link #createFile(String, String)}
     * @return as {@link #createFile(String, String)}
     * @throws IOException as {@link #createFile(String, String)}
     * @throws IllegalStateException as {@link #createFile(String, String)}
     */
    public Path createFile(Path parent, String prefix, String suffix) throws IOException {
        Objects.requireNonNull(parent, "parent");
        Objects.requireNonNull(prefix, "prefix");
        Objects.requireNonNull(suffix, "suffix");
        return create(parent, prefix, suffix, false);
    }

    /**
     * Has something deleted that is there already: a file, a directory with all that will be in it, or a link but not what
     * it points to. What is tracked already is taken anew, as it is now, and becomes the newest.
     *
     * @param path what to delete later; it ends in a name, not in {@code .} or {@code ..}
     * @return the path as given
     * @throws NoSuchFileException if there is nothing: track it once it is made
     * @throws IOException if it cannot be looked at
     * @throws IllegalArgumentException if the path is a root, empty, or ends in {@code .} or {@code ..}
     * @throws IllegalStateException if this is closed, or the exit handlers have run; nothing is changed
     */
    public Path track(Path path) throws IOException {
        Path absolute = TreeDeleter.checked("path", Objects.requireNonNull(path, "path"));
        BasicFileAttributes attributes = look(absolute);
        paths.attach();
        paths.track(absolute, FileIdentity.of(attributes), records.track(absolute, attributes));
        return path;
    }

    /**
     * Forgets a path: it will not be deleted. A deletion that has begun goes on.
     *
     * @param path as it was returned or tracked
     * @return whether it was known
     */
    public boolean untrack(Path path) {
        TrackedPath known = paths.find(Objects.requireNonNull(path, "path").toAbsolutePath());
        if (known == null || !paths.strikeOut(known)) {
            return false;
        }
        known.forget();
        return true;
    }

    /**
     * Deletes a path now.
     *
     * @param path as it was returned or tracked; no other is touched
     * @return whether it was known; a second call returns false
     * @throws IOException if anything is left; it is tried again at the exit, unless it is something else by now
     */
    public boolean delete(Path path) throws IOException {
        TrackedPath known = paths.find(Objects.requireNonNull(path, "path").toAbsolutePath());
        if (known == null) {
            return false;
        }
        delete(known);
        return true;
    }

    private void delete(TrackedPath known) throws IOException {
        try {
            known.delete();
        } finally {
            if (known.isSettled()) {
                paths.strikeOut(known);
            }
        }
    }

    /**
     * Deletes everything now, newest first, and accepts nothing more. A second call tries again what was left; so does the
     * exit. An interrupt that comes meanwhile ends it, and what is left is reported.
     *
     * @throws IOException if anything is left; with more than one such path, it has an exception for each as suppressed
     *     ones, up to a hundred
     */
    @Override
    public void close() throws IOException {
        int failed = 0;
        List<IOException> failures = new ArrayList<>(0);
        boolean before = Thread.currentThread().isInterrupted();
        for (TrackedPath path : paths.close()) {
            try {
                if (!before && Thread.currentThread().isInterrupted()) {
                    throw new FileSystemException(path.path.toString(), null, "interrupted before it was deleted");
                }
                delete(path);
            } catch (IOException failure) {
                failed++;
                if (failures.size() < TreeDeletion.MAX_LISTED) {
                    failures.add(failure);
                }
            }
        }
        paths.leaveIfEmpty();
        if (failed == 1) {
            throw failures.get(0);
        }
        if (failed > 1) {
            IOException all = new IOException(failed + " temporary paths are left, the first is "
                    + failures.get(0).getMessage());
            for (IOException failure : failures) {
                all.addSuppressed(failure);
            }
            throw all;
        }
    }

    /** How many paths there are to delete. */
    int count() {
        return paths.count();
    }

    private Path create(Path parent, String prefix, String suffix, boolean directory) throws IOException {
        Path in = parent.toAbsolutePath();
        checkNamePart(in, "prefix", prefix);
        checkNamePart(in, "suffix", suffix);
        for (int tries = 1; ; tries++) {
            Path path = in.resolve(prefix + RandomName.next() + suffix);
            paths.attach();
            TrackedPath intended = paths.intend(path, records.intend(in, path, prefix, directory));
            boolean created = false;
            try {
                if (directory) {
                    Files.createDirectory(path, OwnerOnly.directory(path));
                } else {
                    Files.newByteChannel(path, NEW, OwnerOnly.file(path)).close();
                }
                created = true;
            } catch (FileAlreadyExistsException taken) {
                if (tries == MAX_TRIES) {
                    throw taken;
                }
            } finally {
                if (!created) {
                    paths.strikeOut(intended);
                    intended.forget();
                }
            }
            if (created) {
                confirm(intended);
                return path;
            }
        }
    }

    /** Says what was created; or deletes it again if nobody would do that later. */
    private void confirm(TrackedPath intended) throws IOException {
        Path path = intended.path;
        BasicFileAttributes attributes;
        try {
            attributes = look(path);
        } catch (IOException invisible) {
            // Nobody else knows the name. Either a close that came meanwhile has deleted it, or it is now.
            paths.strikeOut(intended);
            TreeDeleter.delete(path, null);
            intended.forget();
            paths.attach();
            throw invisible;
        }
        FileIdentity identity = FileIdentity.of(attributes);
        if (paths.made(intended, identity)) {
            intended.record(attributes);
            return;
        }
        try {
            paths.track(path, identity, records.track(path, attributes));
        } catch (IllegalStateException tooLate) {
            TreeDeleter.delete(path, identity);
            throw tooLate;
        } finally {
            intended.forget();
        }
    }

    private static BasicFileAttributes look(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path temporaryDirectory() throws IOException {
        String directory = System.getProperty("java.io.tmpdir");
        if (directory == null) {
            throw new IOException("the system property java.io.tmpdir is not set; name the directory instead");
        }
        return Path.of(directory);
    }

    private static void checkNamePart(Path in, String parameter, String part) {
        if (part.indexOf('/') >= 0
                || part.indexOf('\0') >= 0
                || part.contains(in.getFileSystem().getSeparator())) {
            throw new IllegalArgumentException(
                    parameter + " must be part of one file name, without separators and NULs");
        }
    }
}
