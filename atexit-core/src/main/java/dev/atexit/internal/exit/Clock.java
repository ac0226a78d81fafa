package dev.atexit.internal.exit;

/** Where the unwinder gets the time from and how it waits, so that tests can do without sleeping. */
public abstract class Clock {
    /** The JVM's own. */
    public static final Clock SYSTEM = new SystemClock();

    /** Creates a clock. */
    protected Clock() {}

    /** As {@link System#nanoTime()}. */
    public abstract long nanos();

    /** As {@link System#currentTimeMillis()}. */
    public abstract long millis();

    /** Waits on {@code monitor}, which the caller holds, until notified or, at the latest, for {@code nanos} of this clock. */
    public abstract void await(Object monitor, long nanos) throws InterruptedException;

    private static final class SystemClock extends Clock {
        private static final long NANOS_PER_MILLI = 1_000_000;

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public void await(Object monitor, long nanos) throws InterruptedException {
            // Rounded up: a wait of 0 would be one without an end.
            monitor.wait(Math.max(1, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
        }
    }
}
