package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Empties a directory that is open, and removes it.
 *
 * <p>A pass walks the tree, deleting what it meets, down to {@link #MAX_DEPTH} directories below each other, since each of
 * them is open; there is no recursion. A directory below that is moved up into the root, and it is the next pass that
 * enters it. So neither descriptors nor paths grow with the depth of a tree, and a tree of ordinary depth is never
 * changed but by deleting. Passes go on while directories are moved up; and, some times, while something adds files.
 */
final class SecureWalk {
    /** Two descriptors each. */
    private static final int MAX_DEPTH = 32;

    private static final int MAX_PASSES = 100_000;

    /** The pauses double from 1 ms: a quarter of a second in all. */
    private static final int MAX_RETRIES = 8;

    /** How often a directory is looked at again when it is another one each time it is opened. */
    private static final int MAX_LOOKS = 8;

    private final Path path;
    private final Anchor anchor;
    private final SecureDirectoryStream<Path> root;
    private final BasicFileAttributes rootSeen;
    private final TreeDeletion result;
    private final Interrupts interrupts;
    private final Path here;

    /** Made before any directory is entered: a random name may need a descriptor when there are none left. */
    private final MovedNames names;

    private boolean moved;
    private boolean restless;
    private boolean interrupted;

    SecureWalk(
            Path path,
            Anchor anchor,
            SecureDirectoryStream<Path> root,
            BasicFileAttributes rootSeen,
            TreeDeletion result,
            Interrupts interrupts) {
        this.path = path;
        this.anchor = anchor;
        this.root = root;
        this.rootSeen = rootSeen;
        this.result = result;
        this.interrupts = interrupts;
        this.here = path.getFileSystem().getPath(".");
        this.names = new MovedNames(path);
    }

    void run() throws IOException {
        int retries = 0;
        for (int pass = 1; ; pass++) {
            result.forgetFailures();
            moved = false;
            restless = false;
            pass();
            if (interrupted) {
                result.fail(path, Reasons.INTERRUPTED);
                return;
            }
            if (moved) {
                if (pass == MAX_PASSES) {
                    result.fail(path, Reasons.TOO_MANY_PASSES);
                    return;
                }
                continue;
            }
            if (result.isComplete()) {
                removeRoot();
            }
            if (!restless || retries == MAX_RETRIES) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1L << retries));
            retries++;
        }
    }

    private void removeRoot() throws IOException {
        try {
            if (rootSeen.fileKey() == null
                    || !rootSeen.fileKey().equals(anchor.look().fileKey())) {
                result.sawAnother();
                return;
            }
            anchor.deleteDirectory();
        } catch (DirectoryNotEmptyException filledAgain) {
            restless = true;
            result.fail(path, Reasons.of(filledAgain));
        }
    }

    private void pass() throws IOException {
        Level level = new Level(null, here, root.newDirectoryStream(here, LinkOption.NOFOLLOW_LINKS));
        try {
            while (level != null) {
                if (interrupts.pending()) {
                    interrupted = true;
                    return;
                }
                Path entry = next(level);
                level = entry == null ? leave(level) : remove(level, entry);
            }
        } finally {
            for (; level != null; level = level.above) {
                close(level.stream);
            }
        }
    }

    private @Nullable Path next(Level level) {
        try {
            return level.entries.hasNext() ? level.entries.next().getFileName() : null;
        } catch (DirectoryIteratorException broken) {
            fail(level, null, Reasons.UNREADABLE + Reasons.of(Reasons.cause(broken)));
            return null;
        }
    }

    /** Deletes an entry; returns the level to go on with: the entry's own if it is a directory that is not empty. */
    private Level remove(Level level, Path entry) {
        try {
            try {
                level.stream.deleteFile(entry);
                return level;
            } catch (NoSuchFileException gone) {
                return level;
            } catch (IOException noFile) {
                return removeOther(level, entry, noFile);
            }
        } catch (NoSuchFileException gone) {
            return level;
        } catch (IOException failure) {
            fail(level, entry, failure);
            return level;
        }
    }

    private Level removeOther(Level level, Path entry, IOException notDeleted) throws IOException {
        IOException cause = notDeleted;
        if (cause instanceof AccessDeniedException && level.repair()) {
            try {
                level.stream.deleteFile(entry);
                return level;
            } catch (IOException stillNot) {
                cause = stillNot;
            }
        }
        for (int look = 0; look < MAX_LOOKS; look++) {
            BasicFileAttributes seen = Attributes.of(level.stream, entry);
            if (!seen.isDirectory()) {
                if (look == 0) {
                    throw cause;
                }
                level.stream.deleteFile(entry);
                return level;
            }
            if (removeEmpty(level, entry)) {
                return level;
            }
            if (level.depth >= MAX_DEPTH) {
                moveUp(level, entry, seen);
                return level;
            }
            Level below = enter(level, entry, seen);
            if (below != null) {
                return below;
            }
        }
        restless = true;
        fail(level, entry, Reasons.CHANGED);
        return level;
    }

    /** True if it was an empty directory and is gone; false if it is a directory that is no mount point. */
    private boolean removeEmpty(Level level, Path entry) throws IOException {
        try {
            level.stream.deleteDirectory(entry);
            return true;
        } catch (DirectoryNotEmptyException noMountPoint) {
            return false;
        } catch (AccessDeniedException denied) {
            if (level.repair()) {
                return removeEmpty(level, entry);
            }
            // It will stay, but what is in it may go.
            MountTable.check(path, level.path(path, entry), denied);
            return false;
        }
    }

    /** Opens a directory; null if it is another one by now. */
    private @Nullable Level enter(Level level, Path entry, BasicFileAttributes seen) throws IOException {
        SecureDirectoryStream<Path> opened;
        try {
            opened = level.stream.newDirectoryStream(entry, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            throw gone;
        } catch (AccessDeniedException unreadable) {
            fail(level, entry, Reasons.UNREADABLE + Reasons.of(unreadable));
            return level;
        } catch (IOException failure) {
            if (!Attributes.of(level.stream, entry).isDirectory()) {
                return null;
            }
            if (level.depth == 0) {
                throw failure;
            }
            // Perhaps there are no more descriptors: further up it needs fewer.
            moveUp(level, entry, seen);
            return level;
        }
        boolean same = false;
        try {
            same = Attributes.isSame(opened, seen);
        } finally {
            if (!same) {
                close(opened);
            }
        }
        return same ? new Level(level, entry, opened) : null;
    }

    /** Moves a directory into the root, for the next pass. */
    private void moveUp(Level level, Path entry, BasicFileAttributes seen) throws IOException {
        Path name = names.next();
        try {
            level.stream.move(entry, root, name);
        } catch (AccessDeniedException denied) {
            // Its entry for the parent changes, so it must be writable itself.
            if (!repairEntry(level, entry, seen)) {
                throw denied;
            }
            level.stream.move(entry, root, name);
        }
        names.moved(name, level.path(path, entry));
        moved = true;
    }

    private boolean repairEntry(Level level, Path entry, BasicFileAttributes seen) throws IOException {
        try (SecureDirectoryStream<Path> opened = level.stream.newDirectoryStream(entry, LinkOption.NOFOLLOW_LINKS)) {
            return Attributes.isSame(opened, seen) && Attributes.repair(opened);
        }
    }

    /** Closes a directory that has no more entries, and removes it; returns the one above. */
    private @Nullable Level leave(Level level) {
        close(level.stream);
        Level above = level.above;
        if (above == null) {
            return null;
        }
        if (level.occupied) {
            above.occupied = true;
            return above;
        }
        try {
            removeEmptied(above, level.name);
        } catch (NoSuchFileException gone) {
            // As it was to be.
        } catch (IOException failure) {
            fail(above, level.name, failure);
        }
        return above;
    }

    private void removeEmptied(Level above, Path name) throws IOException {
        try {
            above.stream.deleteDirectory(name);
        } catch (DirectoryNotEmptyException filledAgain) {
            restless = true;
            throw filledAgain;
        } catch (AccessDeniedException denied) {
            if (!above.repair()) {
                throw denied;
            }
            above.stream.deleteDirectory(name);
        }
    }

    private void fail(Level level, Path entry, IOException failure) {
        boolean obvious = failure instanceof AccessDeniedException || failure instanceof DirectoryNotEmptyException;
        Path where = level.path(path, entry);
        fail(
                level,
                entry,
                !obvious && MountTable.isMountPoint(path, where) ? Reasons.MOUNT_POINT : Reasons.of(failure));
    }

    private void fail(Level level, @Nullable Path entry, String reason) {
        level.occupied = true;
        String origin = names.origin(level, entry);
        result.fail(level.path(path, entry), origin == null ? reason : reason + " (was moved up from " + origin + ")");
    }

    private static void close(SecureDirectoryStream<Path> stream) {
        try {
            stream.close();
        } catch (IOException harmless) {
            // Nothing was written through it.
        }
    }
}
