package dev.atexit.internal.lock;

import dev.atexit.internal.tree.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that is locked. It is empty, never written to and never deleted: who deletes a lock file lets two processes hold
 * "the same" lock. Those of the journals have names that are never used again, and go with the journal.
 */
public final class LockFile {
    /** To read too, since opening a pipe for writing alone would wait for a reader. */
    private static final Set<OpenOption> OPEN =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final byte[] EMPTY = {};

    /** How many permissions a file has that is its owner's only. */
    private static final int OWNERS = 2;

    /** Each try fails only if somebody creates or deletes the file in the same instant. */
    private static final int MAX_TRIES = 100;

    private static final int LOCKED = 0;
    private static final int TAKEN = 1;
    private static final int REPLACED = 2;

    private LockFile() {}

    /**
     * Takes the lock if nobody has it, in this JVM or elsewhere. Creates the file, but not its directory.
     *
     * @return null if somebody has it
     */
    public static @Nullable HeldFile tryHold(Path path) throws IOException {
        return tryHold(path, true, false);
    }

    /** As {@link #tryHold}, but nothing is written beside the file to tell who has it. */
    public static @Nullable HeldFile tryHoldQuietly(Path path) throws IOException {
        return tryHold(path, true, true);
    }

    /**
     * As {@link #tryHoldQuietly}, but a file that is not there is not created.
     *
     * @throws NoSuchFileException if it is not there
     */
    public static @Nullable HeldFile tryHoldExisting(Path path) throws IOException {
        return tryHold(path, false, true);
    }

    private static @Nullable HeldFile tryHold(Path path, boolean create, boolean quiet) throws IOException {
        Path absolute = path.toAbsolutePath();
        LockTable table = LockTable.enter();
        String key;
        try {
            key = tryLock(table, absolute, create);
        } finally {
            table.leave();
        }
        return key == null ? null : HeldFile.begin(absolute, key, table, quiet);
    }

    /** Whether this JVM holds the lock. */
    public static boolean isHeldHere(Path path) throws IOException {
        String key = key(path.toAbsolutePath());
        if (key == null) {
            return false;
        }
        LockTable table = LockTable.enter();
        try {
            return table.isHeld(key);
        } finally {
            table.leave();
        }
    }

    /** Locks the file and returns its key; null if somebody has it. With the turn only. */
    private static @Nullable String tryLock(LockTable table, Path path, boolean create) throws IOException {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            String key = key(path);
            if (key == null) {
                if (!create) {
                    throw new NoSuchFileException(path.toString());
                }
                create(path);
            } else if (table.isHeld(key)) {
                return null;
            } else {
                FileChannel channel = open(table, path, key);
                if (channel != null) {
                    int result = lock(table, path, key, channel);
                    if (result != REPLACED) {
                        return result == LOCKED ? key : null;
                    }
                }
            }
        }
        throw new FileSystemException(path.toString(), null, "the lock file is deleted or replaced all the time");
    }

    /** Opens the file that has this key; null if it was replaced meanwhile. */
    private static @Nullable FileChannel open(LockTable table, Path path, String key) throws IOException {
        FileChannel channel = table.takeForeign(key);
        if (channel != null) {
            return channel;
        }
        try {
            channel = FileChannel.open(path, OPEN);
        } catch (NoSuchFileException deleted) {
            return null;
        }
        String now;
        try {
            now = key(path);
        } catch (IOException | RuntimeException | Error failed) {
            table.dispose(key, channel);
            throw failed;
        }
        if (key.equals(now)) {
            return channel;
        }
        table.dispose(now, channel);
        return null;
    }

    /** Locks the file if nobody has; but the lock of a file that has been replaced is worth nothing. */
    private static int lock(LockTable table, Path path, String key, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException notByUs) {
            table.keepForeign(key, channel);
            return TAKEN;
        } catch (IOException | RuntimeException | Error failed) {
            table.dispose(key, channel);
            throw failed;
        }
        boolean kept = false;
        try {
            if (lock == null) {
                return TAKEN;
            }
            kept = key.equals(key(path));
            if (kept) {
                table.hold(key, channel);
            }
            return kept ? LOCKED : REPLACED;
        } finally {
            if (!kept) {
                table.dispose(key, channel);
            }
        }
    }

    /**
     * What tells this file from every other one, under whatever name: told without opening it. Null if there is none.
     *
     * @throws FileSystemException if it is anything but a file, be it a link to one
     */
    static @Nullable String key(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException none) {
            return null;
        }
        if (!attributes.isRegularFile()) {
            String what = attributes.isSymbolicLink() ? "a symbolic link" : "not a file";
            throw new FileSystemException(path.toString(), null, "is " + what + ", and so cannot be locked");
        }
        Object key = attributes.fileKey();
        return key == null ? path.toRealPath().toString() : key.toString();
    }

    private static void create(Path path) throws IOException {
        try {
            Set<PosixFilePermission> permissions = permissions(path);
            if (permissions.size() == OWNERS) {
                // No mask takes these away, so the file is as it should be from the first instant, and only it can be
                // left.
                NewFile.write(path, EMPTY, permissions);
            } else {
                NewFile.create(path, EMPTY, permissions);
            }
        } catch (FileAlreadyExistsException byAnother) {
            // As good as ours.
            return;
        }
    }

    /** Who may write to the directory may lock: whoever cannot write to the file cannot. */
    private static Set<PosixFilePermission> permissions(Path path) throws IOException {
        Set<PosixFilePermission> permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        Path parent = path.getParent();
        if (parent == null || !OwnerOnly.isKnown(path)) {
            return permissions;
        }
        Set<PosixFilePermission> directory;
        try {
            directory = Files.readAttributes(parent, PosixFileAttributes.class).permissions();
        } catch (NoSuchFileException missing) {
            throw new NoSuchFileException(parent.toString(), null, "the directory of the lock file does not exist");
        }
        if (directory.contains(PosixFilePermission.GROUP_WRITE)) {
            permissions.add(PosixFilePermission.GROUP_READ);
            permissions.add(PosixFilePermission.GROUP_WRITE);
        }
        if (directory.contains(PosixFilePermission.OTHERS_WRITE)) {
            permissions.add(PosixFilePermission.OTHERS_READ);
            permissions.add(PosixFilePermission.OTHERS_WRITE);
        }
        return permissions;
    }
}
