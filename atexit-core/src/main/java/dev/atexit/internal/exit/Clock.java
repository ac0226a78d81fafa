package dev.atexit.internal.exit;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where the engine gets the time and its threads from, and how it waits, where that is not the JVM itself: tests need no
 * sleep. The static methods take null for the JVM.
 */
public abstract class Clock {
    /** Creates a clock. */
    protected Clock() {}

    /** As {@link System#nanoTime()}. */
    public abstract long nanos();

    /** As {@link System#currentTimeMillis()}. */
    public abstract long millis();

    /**
     * Waits on {@code monitor}, which the caller holds, until notified or, at the latest, for {@code nanos} of this clock.
     * May return earlier.
     *
     * @param busy the threads whose work is waited for; none if the caller cannot tell
     */
    public abstract void await(Object monitor, long nanos, List<Thread> busy) throws InterruptedException;

    /** Starts a thread; false if there is none to be had. */
    boolean start(SystemThread thread) {
        return thread.tryStart();
    }

    static long nanos(@Nullable Clock clock) {
        return clock == null ? System.nanoTime() : clock.nanos();
    }

    static void await(@Nullable Clock clock, Object monitor, long nanos, Thread busy) throws InterruptedException {
        if (clock == null) {
            TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
        } else {
            clock.await(monitor, nanos, List.of(busy));
        }
    }

    static boolean start(@Nullable Clock clock, SystemThread thread) {
        return clock == null ? thread.tryStart() : clock.start(thread);
    }
}
