package dev.atexit.lock;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** Asks for a lock again and again. */
final class Patience {
    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LAST_PAUSE_NANOS = 50_000_000;

    /** A year. */
    private static final long MAX_WAIT_SECONDS = 365L * 24 * 3600;

    private Patience() {}

    static Optional<HeldLock> acquire(LockProvider locks, String name, Duration wait)
            throws IOException, InterruptedException {
        long waitNanos = nanos(wait);
        long began = System.nanoTime();
        long pause = FIRST_PAUSE_NANOS;
        for (; ; ) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Optional<HeldLock> lock = locks.tryAcquire(name);
            long left = waitNanos - (System.nanoTime() - began);
            if (lock.isPresent() || left <= 0) {
                return lock;
            }
            long nanos = Math.min(pause, left);
            Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
            pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
        }
    }

    private static long nanos(Duration wait) {
        Objects.requireNonNull(wait, "wait");
        if (wait.isNegative() || wait.isZero()) {
            throw new IllegalArgumentException(
                    "wait must be positive, but is " + wait + "; call tryAcquire to take the lock only if it is free");
        }
        return wait.toSeconds() >= MAX_WAIT_SECONDS ? MAX_WAIT_SECONDS * 1_000_000_000L : wait.toNanos();
    }
}
