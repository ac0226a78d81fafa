package dev.atexit.internal.exit;

/** Where the unwinder gets the time from and how it waits, where that is not the JVM's own clock: tests need no sleep. */
public abstract class Clock {
    /** Creates a clock. */
    protected Clock() {}

    /** As {@link System#nanoTime()}. */
    public abstract long nanos();

    /** As {@link System#currentTimeMillis()}. */
    public abstract long millis();

    /** Waits on {@code monitor}, which the caller holds, until notified or, at the latest, for {@code nanos} of this clock. */
    public abstract void await(Object monitor, long nanos) throws InterruptedException;
}
