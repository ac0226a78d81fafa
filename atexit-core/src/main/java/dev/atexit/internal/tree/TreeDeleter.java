package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Deletes a file, a link, or a directory with all that is in it. There is no other recursive delete in the library.
 *
 * <p>How a directory is entered, be it the root or one below:
 *
 * <ol>
 *   <li>its attributes are read by its name in its open parent: it is a directory, and this is its key;
 *   <li>the kernel is asked to remove it as an empty directory. It refuses that for a mount point before it looks whether
 *       the directory is empty. So the answer <em>not empty</em> proves that this is none, which no table can prove that
 *       is read before; and empty directories need no more than this;
 *   <li>it is opened by its name in its open parent, following no link, and must have the key that was read first. What
 *       was mounted or put in its place after the second step has another.
 * </ol>
 *
 * <p>Where the second step fails because the parent may not be written, the mount table answers in its stead.
 */
public final class TreeDeleter {
    private final Path path;
    private final boolean strict;
    private final TreeDeletion result;
    private final Interrupts interrupts = new Interrupts();

    private TreeDeleter(Path path, boolean strict) {
        this.path = path;
        this.strict = strict;
        this.result = new TreeDeletion(path);
    }

    /**
     * Checks that a path names something that can be deleted, and makes it absolute.
     *
     * @throws IllegalArgumentException for an empty path, a root, and one that ends in {@code .} or {@code ..}
     */
    public static Path checked(String parameter, Path path) {
        Path name = path.getFileName();
        String text = name == null ? "" : name.toString();
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException(
                    parameter + " must end in the name of a file or directory, but is '" + path + "'");
        }
        return path.toAbsolutePath();
    }

    /**
     * Deletes what is at a path.
     *
     * @param path as {@link #checked} gives it
     * @param expected what must be there; null for whatever there is
     */
    public static TreeDeletion delete(Path path, @Nullable Expectation expected) {
        return new TreeDeleter(path, false).run(expected, true);
    }

    /**
     * Deletes what is at a path that somebody else has written down. Nothing is deleted where what was looked at could be
     * replaced before it is deleted: where directories cannot be held open, or this one cannot be read.
     */
    public static TreeDeletion deleteRecorded(Path path, Expectation expected) {
        return new TreeDeleter(path, true).run(expected, true);
    }

    /** Only looks what {@link #deleteRecorded} would find. */
    public static TreeDeletion look(Path path, Expectation expected) {
        return new TreeDeleter(path, true).run(expected, false);
    }

    private TreeDeletion run(@Nullable Expectation expected, boolean delete) {
        try {
            run(delete, expected);
        } catch (NoSuchFileException gone) {
            // Gone is what it was to be.
        } catch (IOException failure) {
            fail(failure);
        }
        return result;
    }

    private void run(boolean delete, @Nullable Expectation expected) throws IOException {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IOException("has no parent directory");
        }
        try (Anchor anchor = anchor(parent)) {
            BasicFileAttributes seen = anchor.look();
            result.sawIt();
            if (expected != null && !expected.matches(seen, anchor.lookAtParent())) {
                result.sawAnother();
            } else if (delete) {
                delete(anchor, seen);
            }
        }
    }

    private void delete(Anchor anchor, BasicFileAttributes seen) throws IOException {
        if (seen.isDirectory() && !seen.isOther()) {
            deleteDirectory(anchor, seen);
        } else {
            anchor.deleteFile();
        }
    }

    @SuppressWarnings("StreamResourceLeak") // The anchor closes it.
    private Anchor anchor(Path parent) throws IOException {
        DirectoryStream<Path> opened;
        try {
            opened = Files.newDirectoryStream(parent);
        } catch (AccessDeniedException unreadable) {
            if (strict) {
                throw unreadable;
            }
            return new PathAnchor(path, parent);
        }
        Path name = path.getFileName();
        if (opened instanceof SecureDirectoryStream<Path> secure && name != null) {
            return new SecureAnchor(secure, name);
        }
        opened.close();
        if (strict) {
            throw new IOException(Reasons.NO_HANDLE);
        }
        return new PathAnchor(path, parent);
    }

    private void deleteDirectory(Anchor anchor, BasicFileAttributes seen) throws IOException {
        try {
            anchor.deleteDirectory();
            return;
        } catch (DirectoryNotEmptyException noMountPoint) {
            // The usual case.
        } catch (AccessDeniedException parentIsReadOnly) {
            MountTable.check(path, path, parentIsReadOnly);
        }
        DirectoryStream<Path> opened;
        try {
            opened = anchor.open();
        } catch (AccessDeniedException unreadable) {
            result.fail(path, Reasons.UNREADABLE + Reasons.of(unreadable));
            return;
        }
        try (opened) {
            if (!(opened instanceof SecureDirectoryStream<Path> secure)) {
                new PathWalk(path, result, interrupts).run();
            } else if (Attributes.isSame(secure, seen)) {
                new SecureWalk(path, anchor, secure, seen, result, interrupts).run();
            } else {
                result.sawAnother();
            }
        }
    }

    private void fail(IOException failure) {
        boolean mount = !(failure instanceof AccessDeniedException) && MountTable.isMountPoint(path, path);
        result.fail(path, mount ? Reasons.MOUNT_POINT : Reasons.of(failure));
    }
}
