package dev.atexit.lock;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A lock that is released when the program ends, or earlier: a {@link ResourceGuard} that can wait.
 *
 * <pre>{@code
 * LockGuard job = ResourceGuard.named("nightly");
 * if (job.tryAcquire().isEmpty()) {
 *     return; // another machine or process is at it
 * }
 * }</pre>
 *
 * <p>Threading, ordering, failure and time are those of {@link ResourceGuard} and of the {@link LockProvider}.
 */
public final class LockGuard extends ResourceGuard<HeldLock> {
    private final LockProvider locks;

    LockGuard(String name, LockProvider locks) {
        super(name, new Acquire(name, locks, null), new Close());
        this.locks = locks;
    }

    /**
     * Takes the lock if it is free.
     *
     * @return the lock
     * @throws LockTakenException if somebody holds it; it says who
     * @throws IOException if it cannot be told
     * @throws IllegalStateException as {@link ResourceGuard#acquire}
     */
    @Override
    public HeldLock acquire() throws IOException {
        try {
            return super.acquire();
        } catch (IOException | RuntimeException thrown) {
            throw thrown;
        } catch (Exception other) {
            throw new IOException(other);
        }
    }

    /**
     * Takes the lock when it is free, but waits no longer than that.
     *
     * @param wait how long at most, positive
     * @return the lock
     * @throws LockTakenException if somebody holds it all the time; it says who
     * @throws IOException if it cannot be told
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws IllegalStateException as {@link ResourceGuard#acquire}
     */
    public HeldLock acquire(Duration wait) throws IOException, InterruptedException {
        try {
            return acquire(new Acquire(name(), locks, wait));
        } catch (IOException | InterruptedException | RuntimeException thrown) {
            throw thrown;
        } catch (Exception other) {
            throw new IOException(other);
        }
    }

    /**
     * Takes the lock if it is free.
     *
     * @return the lock; empty if somebody holds it
     * @throws IOException if it cannot be told
     * @throws IllegalStateException as {@link ResourceGuard#acquire}
     */
    public Optional<HeldLock> tryAcquire() throws IOException {
        try {
            return Optional.of(acquire());
        } catch (LockTakenException taken) {
            return Optional.empty();
        }
    }

    private static final class Acquire implements Callable<HeldLock> {
        private final String name;
        private final LockProvider locks;
        private final @Nullable Duration wait;

        Acquire(String name, LockProvider locks, @Nullable Duration wait) {
            this.name = name;
            this.locks = locks;
            this.wait = wait;
        }

        @Override
        public HeldLock call() throws IOException, InterruptedException {
            Optional<HeldLock> lock = wait == null ? locks.tryAcquire(name) : locks.acquire(name, wait);
            if (lock.isEmpty()) {
                throw new LockTakenException(name, locks.owner(name).orElse(null));
            }
            return lock.get();
        }
    }

    private static final class Close implements Releaser<HeldLock> {
        @Override
        public void release(HeldLock lock) throws IOException {
            lock.close();
        }
    }
}
