package dev.atexit.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.AtExit;
import dev.atexit.ExitReport;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FreshAtExit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Guards whose acquiring and releasing meet the exit, or each other. */
@FreshAtExit
class ResourceGuardExitTest {
    private final ConcurrentLinkedQueue<String> calls = new ConcurrentLinkedQueue<>();

    private final ResourceGuard<String> guard = guard("demo", () -> "demo");

    private ResourceGuard<String> guard(String name, Callable<String> acquire) {
        return ResourceGuard.of(name, acquire, resource -> calls.add("release " + resource));
    }

    private static List<String> printedBy(Callable<?> work) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            work.call();
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static CompletableFuture<Object> inThread(Callable<?> work) {
        CompletableFuture<Object> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable thrown) {
                result.completeExceptionally(thrown);
            }
        });
        thread.start();
        return result;
    }

    @Test
    void release_fails_printsTheOneLineEarlyAndAtExit(AtExitControl control) throws Exception {
        ResourceGuard<String> broken = ResourceGuard.of("bro\nken", () -> "x", resource -> {
            throw new IOException("no");
        });
        String line = "[atexit] ResourceGuard 'bro\\nken' release failed: java.io.IOException: no";
        broken.acquire();
        assertThat(printedBy(broken::release)).containsExactly(line);
        assertThat(broken.isHeld()).isFalse();
        broken.acquire();
        assertThat(printedBy(control::exit)).containsExactly(line);
    }

    @Test
    void acquire_heldAlready_isRefused_andReleasedAgainWorks() throws Exception {
        guard.acquire();
        assertThatThrownBy(guard::acquire)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("'demo' is held: release it first");
        assertThat(guard.release()).isTrue();
        assertThat(guard.acquire()).isEqualTo("demo");
        guard.close();
        assertThat(calls).containsExactly("release demo", "release demo");
    }

    @Test
    void acquire_afterTheExit_acquiresNothing(AtExitControl control) {
        AtomicInteger acquired = new AtomicInteger();
        ResourceGuard<String> late = guard("late", () -> "late" + acquired.incrementAndGet());
        control.exit();
        assertThatThrownBy(late::acquire)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too late");
        assertThat(acquired).hasValue(0);
        assertThat(late.isHeld()).isFalse();
    }

    @Test
    void acquire_null_isReleasedToo() throws Exception {
        ResourceGuard<?> nothing = guard("nothing", () -> null);
        assertThat(nothing.acquire()).isNull();
        assertThat(nothing.release()).isTrue();
        assertThat(calls).containsExactly("release null");
    }

    @Test
    void release_fromTheReleasing_doesNothing() throws Exception {
        List<ResourceGuard<?>> self = new ArrayList<>();
        ResourceGuard<String> own = ResourceGuard.of(
                "own", () -> "x", resource -> calls.add("again " + self.get(0).release()));
        self.add(own);
        own.acquire();
        assertThat(own.release()).isTrue();
        assertThat(calls).containsExactly("again false");
    }

    @Test
    void exit_acquiringTakesTooLong_isReleasedByWhoAcquires(AtExitControl control) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ResourceGuard<String> slow = guard("slow", () -> {
            begun.countDown();
            goOn.await();
            return "slow";
        });
        CompletableFuture<Object> acquired = inThread(slow::acquire);
        begun.await();
        control.exit();
        assertThat(calls).isEmpty();
        goOn.countDown();
        assertThatThrownBy(acquired::get)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has been released again");
        assertThat(calls).containsExactly("release slow");
        assertThat(slow.isHeld()).isFalse();
    }

    @Test
    void exit_acquiringEndsMeanwhile_isReleasedByTheExit(AtExitControl control) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ResourceGuard<String> slow = guard("slow", () -> {
            begun.countDown();
            goOn.await();
            return "slow";
        });
        CompletableFuture<Object> acquired = inThread(slow::acquire);
        begun.await();
        // Runs before the guard's turn, so what waits is let go while the exit is under way.
        AtExit.register(goOn::countDown);
        control.exit();
        assertThat(acquired.get()).isEqualTo("slow");
        assertThat(calls).containsExactly("release slow");
        assertThat(slow.isHeld()).isFalse();
    }

    @Test
    void exit_guardReleasedByIt_isFreeAfterwards(AtExitControl control) throws Exception {
        guard.acquire();
        assertThat(control.exit().entries()).extracting(ExitReport.Entry::name).containsExactly("demo");
        assertThatThrownBy(guard::acquire)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too late");
    }

    @Test
    void release_interrupted_keepsTheInterruptAndAnythingElseDoesNot() throws Exception {
        List<Exception> failures = new ArrayList<>(List.of(new IOException("no"), new InterruptedException("now")));
        ResourceGuard<String> broken = ResourceGuard.of("broken", () -> "x", resource -> {
            throw failures.remove(0);
        });
        broken.acquire();
        printedBy(broken::release);
        assertThat(Thread.interrupted()).isFalse();
        broken.acquire();
        printedBy(broken::release);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void release_anError_isPrintedAndThrownAndTheGuardIsFree() throws Exception {
        ResourceGuard<String> broken = ResourceGuard.of("broken", () -> "x", resource -> {
            throw new AssertionError("no");
        });
        broken.acquire();
        assertThat(printedBy(() -> assertThatThrownBy(broken::release).isInstanceOf(AssertionError.class)))
                .containsExactly("[atexit] ResourceGuard 'broken' release failed: java.lang.AssertionError: no");
        assertThat(broken.acquire()).isEqualTo("x");
        printedBy(() -> assertThatThrownBy(broken::release).isInstanceOf(AssertionError.class));
    }

    @Test
    void exit_whileACallerReleases_waitsForIt(AtExitControl control) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        ResourceGuard<String> slow = ResourceGuard.of("slow", () -> "slow", resource -> {
            begun.countDown();
            // Long enough that an exit which does not wait is over by then.
            new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
            calls.add("released");
        });
        slow.acquire();
        CompletableFuture<Object> released = inThread(slow::release);
        begun.await();
        control.exit();
        assertThat(calls).containsExactly("released");
        assertThat(released.get()).isEqualTo(true);
    }

    @Test
    void release_manyThreadsAndTheExitAtOnce_isDoneOnce(AtExitControl control) throws Exception {
        guard.acquire();
        int threads = 4;
        CyclicBarrier start = new CyclicBarrier(threads + 1);
        List<CompletableFuture<Object>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(inThread(() -> {
                start.await();
                return guard.release();
            }));
        }
        start.await();
        control.exit();
        int byCallers = 0;
        for (CompletableFuture<Object> one : all) {
            byCallers += one.get().equals(true) ? 1 : 0;
        }
        assertThat(calls).containsExactly("release demo");
        assertThat(byCallers).isLessThanOrEqualTo(1);
    }
}
