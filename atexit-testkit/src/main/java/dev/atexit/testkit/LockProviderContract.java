package dev.atexit.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.atexit.lock.HeldLock;
import dev.atexit.lock.LockProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LockProvider} keeps. The tests of an implementation extend this.
 *
 * <pre>{@code
 * class RedisLocksTest extends LockProviderContract {
 *     @Override
 *     protected LockProvider locks() {
 *         return new RedisLocks(client);
 * }}}</pre>
 *
 * <p><b>Threading.</b> The tests start threads of their own, and end them. <b>Time.</b> Those that wait do so for less than
 * a second, unless the engine is slow.
 */
public abstract class LockProviderContract {
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int THREADS = 8;
    private static final int ROUNDS = 20;

    /** For implementations. */
    protected LockProviderContract() {}

    /**
     * The locks to be tested.
     *
     * @return locks of which none is held; each call of one test returns ones that share them
     * @throws Exception if they cannot be had
     */
    protected abstract LockProvider locks() throws Exception;

    @Test
    void tryAcquire_free_holdsUntilClosed() throws Exception {
        HeldLock lock = locks().tryAcquire("nightly").orElseThrow();
        assertEquals("nightly", lock.name());
        assertTrue(lock.isHeld());
        assertFalse(locks().tryAcquire("nightly").isPresent());
        lock.close();
        assertFalse(lock.isHeld());
        locks().tryAcquire("nightly").orElseThrow().close();
    }

    @Test
    void tryAcquire_heldByThisThread_isTakenToo() throws Exception {
        LockProvider locks = locks();
        try (HeldLock lock = locks.tryAcquire("nightly").orElseThrow()) {
            for (int i = 0; i < 3; i++) {
                assertFalse(locks.tryAcquire(lock.name()).isPresent());
            }
            assertTrue(lock.isHeld());
        }
    }

    @Test
    void close_again_leavesTheNextHolderAlone() throws Exception {
        LockProvider locks = locks();
        HeldLock first = locks.tryAcquire("nightly").orElseThrow();
        first.close();
        try (HeldLock second = locks.tryAcquire("nightly").orElseThrow()) {
            first.close();
            assertTrue(second.isHeld());
            assertFalse(locks.tryAcquire("nightly").isPresent());
        }
    }

    @Test
    void close_fromAnotherThread_frees() throws Exception {
        HeldLock lock = locks().tryAcquire("nightly").orElseThrow();
        inThread(() -> {
            lock.close();
            return null;
        });
        locks().tryAcquire("nightly").orElseThrow().close();
    }

    @Test
    void names_different_areDifferentLocks() throws Exception {
        LockProvider locks = locks();
        List<HeldLock> held = new ArrayList<>();
        try {
            for (String name : List.of(
                    "a",
                    "a.lock",
                    "a/b",
                    "/a",
                    "..",
                    ".",
                    "a b",
                    "a%20b",
                    "a%b",
                    "\u00e9",
                    "e\u0301",
                    "\n",
                    "a:b",
                    "a\\b",
                    "\ud83d\udd12")) {
                if (!name.isBlank()) {
                    held.add(locks.tryAcquire(name).orElseThrow());
                    assertFalse(locks.tryAcquire(name).isPresent(), name);
                }
            }
        } finally {
            for (HeldLock lock : held) {
                lock.close();
            }
        }
    }

    @Test
    void arguments_bad_areRefused() throws Exception {
        LockProvider locks = locks();
        assertThrows(NullPointerException.class, () -> locks.tryAcquire(missing()));
        assertThrows(NullPointerException.class, () -> locks.acquire(missing(), LONG));
        assertThrows(NullPointerException.class, () -> locks.acquire("nightly", missing()));
        assertThrows(IllegalArgumentException.class, () -> locks.tryAcquire(" "));
        assertThrows(IllegalArgumentException.class, () -> locks.owner(""));
        assertThrows(IllegalArgumentException.class, () -> locks.acquire("nightly", Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> locks.acquire("nightly", Duration.ofNanos(-1)));
        locks.tryAcquire("nightly").orElseThrow().close();
    }

    @Test
    void acquire_free_returnsAtOnce() throws Exception {
        locks().acquire("nightly", Duration.ofSeconds(Long.MAX_VALUE))
                .orElseThrow()
                .close();
    }

    @Test
    void acquire_takenAllTheTime_isEmptyWhenTheTimeIsUp() throws Exception {
        LockProvider locks = locks();
        try (HeldLock lock = locks.tryAcquire("nightly").orElseThrow()) {
            long began = System.nanoTime();
            assertFalse(locks.acquire(lock.name(), SHORT).isPresent());
            assertTrue(System.nanoTime() - began >= SHORT.toNanos());
        }
    }

    @Test
    void acquire_freedMeanwhile_holds() throws Exception {
        LockProvider locks = locks();
        HeldLock lock = locks.tryAcquire("nightly").orElseThrow();
        CountDownLatch waiting = new CountDownLatch(1);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Optional<HeldLock>> next = threads.submit(() -> {
                waiting.countDown();
                return locks().acquire("nightly", LONG);
            });
            waiting.await();
            assertFalse(locks.acquire("nightly", SHORT).isPresent());
            lock.close();
            next.get().orElseThrow().close();
        } finally {
            end(threads);
        }
    }

    @Test
    void acquire_interrupted_isNotHeld() throws Exception {
        LockProvider locks = locks();
        HeldLock lock = locks.tryAcquire("nightly").orElseThrow();
        AtomicInteger interrupted = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            try {
                locks().acquire("nightly", LONG);
            } catch (InterruptedException expected) {
                interrupted.incrementAndGet();
            } catch (Exception unexpected) {
                interrupted.set(-100);
            }
        });
        waiter.start();
        waiter.interrupt();
        waiter.join();
        assertEquals(1, interrupted.get());
        lock.close();
        locks.tryAcquire("nightly").orElseThrow().close();
    }

    @Test
    void owner_held_isThisProcess() throws Exception {
        LockProvider locks = locks();
        assertFalse(locks.owner("nightly").isPresent());
        try (HeldLock lock = locks.tryAcquire("nightly").orElseThrow()) {
            long pid = ProcessHandle.current().pid();
            assertEquals(pid, lock.owner().pid());
            assertEquals(pid, locks.owner("nightly").orElseThrow().pid());
            assertFalse(locks.owner("nightly").orElseThrow().host().isBlank());
        }
        assertFalse(locks.owner("nightly").isPresent());
    }

    @Test
    void acquire_manyThreads_oneAtATime() throws Exception {
        LockProvider locks = locks();
        AtomicInteger inside = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(threads.submit(() -> takeTurns(locks, inside)));
            }
            for (Future<Integer> result : results) {
                assertEquals(ROUNDS, result.get());
            }
        } finally {
            end(threads);
        }
    }

    private static int takeTurns(LockProvider locks, AtomicInteger inside) throws IOException, InterruptedException {
        int alone = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try (HeldLock lock = locks.acquire("nightly", LONG).orElseThrow()) {
                int entered = inside.incrementAndGet();
                Thread.onSpinWait();
                alone += entered == 1 && inside.decrementAndGet() == 0 && lock.isHeld() ? 1 : 0;
            }
        }
        return alone;
    }

    private static void inThread(Callable<?> work) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            thread.submit(work).get();
        } finally {
            end(thread);
        }
    }

    private static void end(ExecutorService threads) throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS));
    }

    /** What a caller passes who does not know about null. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T missing() {
        return null;
    }
}
