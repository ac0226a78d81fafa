package dev.atexit.testkit;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whose turn it is: there is one {@code AtExit} in the JVM, so only one test at a time can have a fresh one. */
final class Turn {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    // All guarded by this.
    private @Nullable String holder;
    private @Nullable Thread thread;
    private int depth;

    /** Waits until no other test has it. The same test may take it again. */
    synchronized void take(String test) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (holder != null && !holder.equals(test)) {
            long left = end - System.nanoTime();
            if (thread == Thread.currentThread() || left <= 0) {
                throw new IllegalStateException("a test wants a fresh AtExit while another one has it (" + holder
                        + "): let them run one after another with @ResourceLock(AtExitExtension.RESOURCE)");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        holder = test;
        thread = Thread.currentThread();
        depth++;
    }

    /** Gives back what {@link #take} took. */
    synchronized void give() {
        depth--;
        if (depth == 0) {
            holder = null;
            thread = null;
            notifyAll();
        }
    }
}
