package dev.atexit.file;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Task;
import dev.atexit.internal.tree.FileIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a manager has to delete, in the order of creation, and its place at the program's exit.
 *
 * <p>Whatever changes is told here, in this order: a path is <em>intended</em> before it exists, <em>made</em> once it
 * does, and <em>struck out</em> when it is gone or nobody's business any more.
 *
 * <p>Everything is guarded by this object's monitor. Lock order: the lock of an unwinder, this, the lock of the handler
 * stack. No file is touched while it is held.
 */
final class TrackedPaths {
    /** With no more than so many, none is looked for that is gone already. */
    private static final int FEW = 256;

    /** How many are looked at for each one that comes: so those that are gone cannot outnumber the others for long. */
    private static final int LOOKS = 2;

    private final Map<Path, TrackedPath> byPath = new HashMap<>();
    private @Nullable TrackedPath oldest;
    private @Nullable TrackedPath newest;
    private @Nullable TrackedPath hand;
    private @Nullable TempSlot slot;
    private boolean closed;

    /**
     * Makes sure that the exit comes by.
     *
     * @throws IllegalStateException if the manager is closed, or the exit is through with everything
     */
    synchronized void attach() {
        if (closed) {
            throw new IllegalStateException("this TempManager is closed");
        }
        TempSlot there = slot;
        if (there == null || there.isGone()) {
            TempSlot fresh = new TempSlot(new TempRun(this));
            ExitScope.current().register(fresh);
            slot = fresh;
        }
    }

    /**
     * A path will be made.
     *
     * @param ticket of its record in the journal; struck out if this fails
     * @throws IllegalStateException as {@link #attach}; nothing is stored then
     */
    TrackedPath intend(Path path, long ticket) {
        return add(new TrackedPath(path, null, ticket));
    }

    /** The path was made; false if the exit, or a close, has been through meanwhile, so that it must go at once. */
    synchronized boolean made(TrackedPath intended, FileIdentity identity) {
        intended.made(identity);
        return intended.listed;
    }

    /** A path that is there already, known from now on as what it is now. It counts as the newest. */
    void track(Path path, FileIdentity identity, long ticket) {
        add(new TrackedPath(path, identity, ticket));
    }

    private TrackedPath add(TrackedPath added) {
        TrackedPath earlier;
        boolean done = false;
        synchronized (this) {
            try {
                attach();
                done = true;
            } finally {
                if (!done) {
                    added.forget();
                }
            }
            earlier = byPath.put(added.path, added);
            if (earlier != null) {
                unlink(earlier);
            }
            added.listed = true;
            added.before = newest;
            if (newest == null) {
                oldest = added;
            } else {
                newest.after = added;
            }
            newest = added;
        }
        if (earlier != null) {
            earlier.forget();
        }
        forgetSomeThatAreGone();
        return added;
    }

    /** It is gone, or no longer ours; false if that was known. */
    synchronized boolean strikeOut(TrackedPath path) {
        if (!byPath.remove(path.path, path)) {
            return false;
        }
        unlink(path);
        return true;
    }

    /** What is known under this path, or null. */
    synchronized @Nullable TrackedPath find(Path path) {
        return byPath.get(path);
    }

    synchronized int count() {
        return byPath.size();
    }

    /** Accepts nothing more; returns what there is, newest first. */
    synchronized TrackedPath[] close() {
        closed = true;
        TrackedPath[] all = new TrackedPath[byPath.size()];
        int i = 0;
        for (TrackedPath path = newest; path != null; path = path.before) {
            all[i++] = path;
        }
        return all;
    }

    /** Gives the place at the exit back if there is nothing to do there. */
    void leaveIfEmpty() {
        TempSlot left;
        synchronized (this) {
            if (newest != null) {
                return;
            }
            left = slot;
            slot = null;
        }
        if (left != null) {
            left.unregister();
        }
    }

    // ---- for the exit

    /** Takes the newest one, to be deleted by the exit. */
    synchronized @Nullable Task takeNewest() {
        TrackedPath taken = newest;
        if (taken != null) {
            strikeOut(taken);
        }
        return taken;
    }

    /** The exit is through with this; false if something came meanwhile. */
    synchronized boolean endIfEmpty() {
        if (newest != null) {
            return false;
        }
        slot = null;
        return true;
    }

    /** The exit will take nothing more to be deleted. */
    synchronized void end() {
        slot = null;
    }

    // ---- those that somebody deleted by hand

    /** Looks at a few of them in turn, so that files deleted by hand do not fill the memory of a program that runs long. */
    private void forgetSomeThatAreGone() {
        for (int i = 0; i < LOOKS; i++) {
            TrackedPath looked;
            synchronized (this) {
                if (byPath.size() <= FEW) {
                    return;
                }
                looked = hand == null ? oldest : hand;
                hand = looked == null ? null : looked.after;
            }
            if (looked != null && looked.isMade() && isGone(looked.path) && strikeOut(looked)) {
                looked.forget();
            }
        }
    }

    private static boolean isGone(Path path) {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return false;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (IOException whoKnows) {
            return false;
        }
    }

    private void unlink(TrackedPath path) {
        TrackedPath below = path.before;
        TrackedPath above = path.after;
        if (hand == path) {
            hand = above;
        }
        if (below == null) {
            oldest = above;
        } else {
            below.after = above;
        }
        if (above == null) {
            newest = below;
        } else {
            above.before = below;
        }
        path.before = null;
        path.after = null;
        path.listed = false;
    }
}
