package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FreshAtExit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;

/** Many threads at once, in process; the same in real JVMs is elsewhere. */
@FreshAtExit
class ConcurrentExitTest {
    private static final int THREADS = 64;
    private static final int EACH = 200;

    private static List<Thread> start(Runnable work) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread =
                    i % 2 == 0 ? new Thread(work) : virtualIfThereAre(work).orElseGet(() -> new Thread(work));
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    /** A virtual thread that is not started, from JDK 21 on. */
    private static Optional<Thread> virtualIfThereAre(Runnable work) {
        if (Runtime.version().feature() < 21) {
            return Optional.empty();
        }
        try {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return Optional.of(
                    (Thread) type.getMethod("unstarted", Runnable.class).invoke(builder, work));
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(1));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @RepeatedTest(5)
    void register_from64ThreadsWhileTheExitBegins_eachRunsOnceOrWasRefused(AtExitControl control) throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch some = new CountDownLatch(THREADS * EACH / 4);
        List<Thread> threads = start(() -> {
            for (int i = 0; i < EACH; i++) {
                try {
                    AtExit.register(ran::incrementAndGet);
                    accepted.incrementAndGet();
                } catch (IllegalStateException late) {
                    refused.incrementAndGet();
                }
                some.countDown();
            }
        });
        assertThat(some.await(1, TimeUnit.MINUTES)).isTrue();
        control.exit();
        join(threads);
        assertThat(accepted.get() + refused.get()).isEqualTo(THREADS * EACH);
        assertThat(ran).hasValue(accepted.get());
        assertThat(control.pending()).isEmpty();
    }

    @RepeatedTest(5)
    void unregister_from64ThreadsWhileTheExitRuns_eachRanOrWasTakenBack(AtExitControl control) throws Exception {
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger takenBack = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = start(() -> {
            List<Registration> mine = new ArrayList<>();
            for (int i = 0; i < EACH; i++) {
                mine.add(AtExit.register(ran::incrementAndGet));
            }
            go.countDown();
            for (Registration registration : mine) {
                if (registration.unregister()) {
                    takenBack.incrementAndGet();
                }
            }
        });
        assertThat(go.await(1, TimeUnit.MINUTES)).isTrue();
        AtExit.runExitHandlers();
        join(threads);
        control.exit();
        assertThat(ran.get() + takenBack.get()).isEqualTo(THREADS * EACH);
    }
}
