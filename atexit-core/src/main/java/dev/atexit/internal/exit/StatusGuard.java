package dev.atexit.internal.exit;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the status with which an exit began.
 *
 * <p>{@code System.exit} during an exit blocks on the monitor of {@code java.lang.Shutdown}. After the end of
 * {@code main} the JVM gives that monitor back before it is gone, and the blocked call would halt it with a status of
 * its own. A guard that is queued on the monitor before any handler runs, and one that is queued after all, are served
 * first whichever end of the queue the JVM serves; whoever has the monitor then keeps it for ever.
 */
final class StatusGuard implements Runnable {
    private static final long QUEUE_NANOS = 20_000_000;

    private final Class<?> monitor;

    private StatusGuard(Class<?> monitor) {
        this.monitor = monitor;
    }

    /** Queues a guard; it is not certain to be queued yet. Null if there is no thread to be had for it. */
    static @Nullable Thread queue() {
        Class<?> monitor;
        try {
            monitor = Class.forName("java.lang.Shutdown");
        } catch (ReflectiveOperationException otherJvm) {
            // A JVM that does not end the way this one does has nothing to guard.
            return null;
        }
        SystemThread thread = new SystemThread("atexit-status-guard", new StatusGuard(monitor));
        return thread.tryStart() ? thread : null;
    }

    /** Waits until the guard is queued, for a bounded time. */
    static void awaitQueued(@Nullable Thread guard) {
        if (guard == null) {
            return;
        }
        long end = System.nanoTime() + QUEUE_NANOS;
        while (guard.getState() != Thread.State.BLOCKED && guard.isAlive() && System.nanoTime() < end) {
            Thread.yield();
        }
    }

    @Override
    public void run() {
        synchronized (monitor) {
            for (; ; ) {
                LockSupport.park(this);
            }
        }
    }
}
