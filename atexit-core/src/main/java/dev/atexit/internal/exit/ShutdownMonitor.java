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
final class ShutdownMonitor {
    private static final long QUEUE_NANOS = 20_000_000;

    private ShutdownMonitor() {}

    /** Queues a guard; it is not certain to be queued yet. Null if there is no thread to be had for it. */
    static @Nullable Thread queueGuard() {
        Class<?> monitor;
        try {
            monitor = Class.forName("java.lang.Shutdown");
        } catch (ClassNotFoundException otherJvm) {
            // A JVM that does not end the way this one does has nothing to guard.
            return null;
        }
        Guard guard = new Guard(monitor);
        return guard.tryStart() ? guard : null;
    }

    /** Waits until the guard is queued, for a bounded time. */
    static void awaitQueued(Thread guard) {
        long end = System.nanoTime() + QUEUE_NANOS;
        while (guard.getState() != Thread.State.BLOCKED && guard.isAlive() && System.nanoTime() < end) {
            Thread.yield();
        }
    }

    private static final class Guard extends SystemThread {
        private final Class<?> monitor;

        Guard(Class<?> monitor) {
            super("atexit-status-guard");
            this.monitor = monitor;
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
}
