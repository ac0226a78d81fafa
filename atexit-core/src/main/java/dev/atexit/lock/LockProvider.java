package dev.atexit.lock;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Locks by name: what an engine implements. {@link FileLocks} are those of one machine. An implementation extends
 * {@code LockProviderContract} of {@code atexit-testkit} in its tests.
 *
 * <pre>{@code
 * Optional<HeldLock> lock = locks.acquire("nightly", Duration.ofSeconds(5));
 * }</pre>
 *
 * <p><b>Threading.</b> Any thread may call it. A lock excludes everybody: other processes, other threads, and the thread
 * that holds it. <b>Failure.</b> An engine that cannot be reached is an {@link IOException}, and nothing is held then.
 * <b>Not guaranteed.</b> Fairness.
 *
 * <p>A name is any text that is not blank; different names are different locks. A name that the engine cannot take is an
 * {@link IllegalArgumentException} which says what is wrong with it.
 */
public interface LockProvider {
    /**
     * Takes a lock if it is free.
     *
     * @param name what to lock, not blank
     * @return empty if somebody holds it
     * @throws IOException if it cannot be told
     * @throws IllegalArgumentException if the name cannot be a lock's
     */
    Optional<HeldLock> tryAcquire(String name) throws IOException;

    /**
     * Takes a lock when it is free, but waits no longer than that. This one asks again and again, at most every 50 ms; an
     * engine that has something better overrides it.
     *
     * @param name what to lock, not blank
     * @param wait how long at most, positive; {@link #tryAcquire} does not wait
     * @return empty if somebody holds it all the time
     * @throws IOException if it cannot be told
     * @throws InterruptedException if the thread is interrupted meanwhile; the lock is not held then
     * @throws IllegalArgumentException if the name cannot be a lock's, or the wait is not positive
     */
    default Optional<HeldLock> acquire(String name, Duration wait) throws IOException, InterruptedException {
        return Patience.acquire(this, name, wait);
    }

    /**
     * Tells who holds a lock. For messages: it may be free, or another's, by the time this returns.
     *
     * @param name what is locked, not blank
     * @return empty if nobody does, or it is not known
     * @throws IOException if it cannot be told
     * @throws IllegalArgumentException if the name cannot be a lock's
     */
    Optional<LockOwner> owner(String name) throws IOException;
}
