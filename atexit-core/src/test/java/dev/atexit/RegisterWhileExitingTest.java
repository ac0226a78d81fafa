package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Many threads register while the exit begins: nothing is lost without a word, and nothing runs twice. */
class RegisterWhileExitingTest {
    private static final int THREADS = 64;
    private static final int EACH = 30;
    private static final int ROUNDS = 50;

    private static final int PENDING = 0;
    private static final int REFUSED = 1_000_000;
    private static final int UNREGISTERED = 2_000_000;

    @Test
    void register_fromPlatformThreadsWhileTheExitBegins_runsOnceOrThrows() throws Exception {
        race(Thread::new);
    }

    @Test
    void register_fromVirtualThreadsWhileTheExitBegins_runsOnceOrThrows() throws Exception {
        assumeTrue(Runtime.version().feature() >= 21, "this JDK has no virtual threads");
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        ThreadFactory virtual = (ThreadFactory)
                Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
        race(virtual);
    }

    private static void race(ThreadFactory threads) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            AtomicIntegerArray fates = round(threads, round % THREADS);
            for (int i = 0; i < fates.length(); i++) {
                assertThat(fates.get(i)).as("handler %s", i).isIn(1, REFUSED, UNREGISTERED);
            }
        }
    }

    /** What became of each handler: how often it ran, or that it was refused or taken back. */
    private static AtomicIntegerArray round(ThreadFactory threads, int enough) throws Exception {
        AtomicIntegerArray fates = new AtomicIntegerArray(THREADS * EACH);
        CountDownLatch ready = new CountDownLatch(THREADS);
        CountDownLatch go = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        List<Thread> started = new ArrayList<>();
        try (RegistryScope scope = new RegistryScope()) {
            for (int t = 0; t < THREADS; t++) {
                int first = t * EACH;
                Thread thread = threads.newThread(() -> {
                    ready.countDown();
                    awaitUninterrupted(go);
                    for (int i = first; i < first + EACH; i++) {
                        registerOne(fates, i, over);
                    }
                });
                thread.start();
                started.add(thread);
            }
            ready.await();
            go.countDown();
            // Each round at another moment; no thread has more than one handler waiting.
            while (AtExit.count() < enough) {
                Thread.onSpinWait();
            }
            scope.exit();
            over.set(true);
            for (Thread thread : started) {
                thread.join(TimeUnit.MINUTES.toMillis(2));
                assertThat(thread.isAlive()).isFalse();
            }
            assertThat(AtExit.count()).isZero();
            assertThatIllegalStateException().isThrownBy(() -> AtExit.register(() -> {}));
        }
        return fates;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private static void registerOne(AtomicIntegerArray fates, int number, AtomicBoolean over) {
        Registration registration;
        try {
            registration = AtExit.register(() -> fates.incrementAndGet(number));
        } catch (IllegalStateException tooLate) {
            assertThat(fates.compareAndSet(number, PENDING, REFUSED)).isTrue();
            return;
        }
        if (number % 5 == 0 && registration.unregister()) {
            assertThat(fates.compareAndSet(number, PENDING, UNREGISTERED)).isTrue();
        }
        // One at a time: the stack is empty again and again, and the exit may end at any moment.
        while (registration.isPending() && !over.get()) {
            Thread.yield();
        }
    }
}
