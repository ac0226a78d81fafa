package dev.atexit.lock;

import dev.atexit.internal.exit.Text;
import org.jspecify.annotations.Nullable;

/**
 * Where a guard stands: free → acquiring → held → releasing → free; also acquiring → abandoned → free when the exit comes by
 * and acquiring takes too long, and acquiring → free when it fails. Guarded by its monitor, under which nothing of the
 * user's runs.
 *
 * @param <T> the resource
 */
final class GuardState<T extends @Nullable Object> {
    /** How long the exit waits for a resource that is being acquired or released. */
    private static final long PATIENCE_NANOS = 500_000_000;

    private static final String FREE = "free";
    private static final String ACQUIRING = "being acquired";
    private static final String ABANDONED = "being acquired while the program ends";
    private static final String HELD = "held";
    private static final String RELEASING = "being released";

    private String now = FREE;
    private @Nullable GuardTask task;
    private @Nullable Taken<T> taken;

    synchronized boolean isHeld() {
        return now == HELD;
    }

    synchronized void begin(String name, GuardTask by) {
        if (now != FREE) {
            throw new IllegalStateException("'" + Text.escape(name) + "' is " + now + ": release it first");
        }
        now = ACQUIRING;
        task = by;
    }

    /** The resource is there; false if nobody would release it any more. */
    synchronized boolean acquired(T resource) {
        GuardTask by = task;
        if (now == ABANDONED || by == null) {
            now = RELEASING;
            return false;
        }
        now = HELD;
        taken = new Taken<>(resource, by);
        notifyAll();
        return true;
    }

    /**
     * The one who gets this releases.
     *
     * @param byExit the task that the exit has come to; null for a caller
     */
    synchronized @Nullable Taken<T> take(@Nullable GuardTask byExit) {
        if (byExit != null) {
            if (task != byExit) {
                return null;
            }
            awaitEnd(byExit);
        }
        Taken<T> held = taken;
        if (now != HELD || (byExit != null && task != byExit)) {
            return null;
        }
        now = RELEASING;
        taken = null;
        return held;
    }

    private void awaitEnd(GuardTask byExit) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        boolean interrupted = false;
        while ((now == ACQUIRING || now == RELEASING) && task == byExit) {
            long left = end - System.nanoTime();
            if (left <= 0 || interrupted) {
                now = now == ACQUIRING ? ABANDONED : now;
                break;
            } else {
                try {
                    wait(left / 1_000_000, (int) (left % 1_000_000));
                } catch (InterruptedException giveUp) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    synchronized void freed() {
        now = FREE;
        task = null;
        taken = null;
        notifyAll();
    }

    /** What is held, and its place at the exit. */
    static final class Taken<T extends @Nullable Object> {
        final T resource;
        final GuardTask task;

        Taken(T resource, GuardTask task) {
            this.resource = resource;
            this.task = task;
        }
    }
}
