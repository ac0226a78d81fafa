package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@FreshAtExit
class ExitListenerTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final List<ExitEvent> events = Collections.synchronizedList(new ArrayList<>());

    private static void listen(ExitListener listener) {
        AtExit.configure(ExitPolicy.builder().listener(listener).build());
    }

    private static void ignoreInterrupts(FakeClock clock, CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                clock.hang();
            } catch (InterruptedException ignored) {
                // That is the point of it.
                continue;
            }
        }
    }

    /** What kind of event, and about whom. */
    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (ExitEvent event : events) {
            String kind = event.getClass().getSimpleName();
            if (event instanceof ExitEvent.HandlerStarted started) {
                told.add(kind + " " + started.name());
            } else if (event instanceof ExitEvent.HandlerFinished finished) {
                told.add(kind + " " + finished.entry().name() + " "
                        + finished.entry().outcome());
            } else if (event instanceof ExitEvent.HandlerStuck stuck) {
                told.add(kind + " " + stuck.name() + " " + stuck.elapsed());
            } else if (event instanceof ExitEvent.HandlerTimedOut timedOut) {
                told.add(kind + " " + timedOut.entry().name());
            } else if (event instanceof ExitEvent.HandlerLeftBehind left) {
                told.add(kind + " " + left.entry().name() + " " + !left.stack().isEmpty());
            } else if (event instanceof ExitEvent.HandlersSkipped skipped) {
                told.add(kind + " "
                        + skipped.entries().stream().map(ExitReport.Entry::name).toList());
            } else if (event instanceof ExitEvent.Warning warning) {
                told.add(kind + " " + warning.message());
            } else {
                told.add(kind);
            }
        }
        return told;
    }

    @Test
    void exit_everythingHappens_eventsComeAsThingsHappened(AtExitControl control, FakeClock clock) {
        CountDownLatch end = new CountDownLatch(1);
        AtExit.configure(ExitPolicy.builder()
                .listener(events::add)
                .stuckNotice(Duration.ofSeconds(2))
                .deadline(Duration.ofSeconds(60))
                .build());
        AtExit.register("never", () -> {});
        AtExit.register("until the deadline", () -> ignoreInterrupts(clock, end), Duration.ofHours(1));
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("entry", () -> {});
        AtExit.register("stubborn", () -> ignoreInterrupts(clock, end), Duration.ofSeconds(1));
        AtExit.register("slow", clock::hang, Duration.ofSeconds(1));
        AtExit.register("bad", () -> {
            throw new IllegalStateException("x");
        });
        AtExit.register("good", () -> clock.sleep(Duration.ofSeconds(3)));
        ExitReport report = control.exit();
        end.countDown();
        clock.advance(Duration.ofDays(40_000));
        assertThat(told())
                .containsExactly(
                        "Began",
                        "HandlerStarted good",
                        "HandlerStuck good PT2S",
                        "HandlerFinished good RAN",
                        "HandlerStarted bad",
                        "HandlerFinished bad FAILED",
                        "HandlerStarted slow",
                        "HandlerTimedOut slow",
                        "HandlerStarted stubborn",
                        "HandlerLeftBehind stubborn true",
                        "HandlerStarted entry",
                        "HandlerFinished entry RAN",
                        "HandlerFinished CleanupRegistry RAN",
                        "HandlerStarted until the deadline",
                        "HandlerStuck until the deadline PT2S",
                        "HandlersSkipped [never]",
                        "HandlerLeftBehind until the deadline true",
                        "Ended");
        ExitReport ended = ((ExitEvent.Ended) events.get(events.size() - 1)).report();
        assertThat(ended.entries()).hasSameSizeAs(report.entries());
        assertThat(err.text()).isEmpty();
    }

    @Test
    void exit_settingNotUnderstood_beganComesBeforeTheWarning(AtExitControl control) {
        listen(events::add);
        System.setProperty("atexit.deadline", "soon");
        try {
            control.exit();
        } finally {
            System.clearProperty("atexit.deadline");
        }
        assertThat(told()).hasSize(3).first().isEqualTo("Began");
        assertThat(told().get(1)).startsWith("Warning system property atexit.deadline is 'soon'");
    }

    @Test
    void run_askedFor_hasNeitherBeganNorEndedAndComesOnTheCallersThread() {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        listen(event -> {
            threads.add(Thread.currentThread());
            events.add(event);
        });
        AtExit.register("a", () -> {});
        AtExit.runExitHandlers();
        assertThat(told()).containsExactly("HandlerStarted a", "HandlerFinished a RAN");
        assertThat(threads).containsOnly(Thread.currentThread());
    }

    @Test
    void listener_throws_isPrintedAndToldTheRest(AtExitControl control) {
        AtomicInteger count = new AtomicInteger();
        listen(event -> {
            count.incrementAndGet();
            throw new IllegalStateException("mine");
        });
        AtExit.register("a", () -> {});
        assertThat(control.exit().isClean()).isTrue();
        assertThat(count).hasValue(4);
        assertThat(err.lines())
                .hasSize(4)
                .containsOnly("[atexit] exit listener failed: java.lang.IllegalStateException: mine");
    }

    @Test
    void listener_hangs_theExitGoesOnInBoundedTime(AtExitControl control, FakeClock clock) {
        listen(event -> {
            try {
                clock.hang();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 100; i++) {
            AtExit.register("h" + i, () -> {});
        }
        ExitReport report = control.exit();
        assertThat(report.entries()).hasSize(100);
        assertThat(clock.elapsed()).isLessThan(Duration.ofSeconds(10));
        clock.advance(Duration.ofDays(40_000));
    }

    @Test
    void listener_registersAHandler_thatRuns(AtExitControl control) {
        List<String> calls = Collections.synchronizedList(new ArrayList<>());
        listen(event -> {
            if (event instanceof ExitEvent.Began) {
                AtExit.register(() -> calls.add("by the listener"));
            }
        });
        control.exit();
        assertThat(calls).containsExactly("by the listener");
    }

    @Test
    void standardError_calledByAListener_printsWhatTheDefaultPrints(AtExitControl control, FakeClock clock) {
        CountDownLatch end = new CountDownLatch(1);
        ExitListener print = ExitListener.standardError();
        AtExit.configure(ExitPolicy.builder()
                .listener(print)
                .stuckNotice(Duration.ofSeconds(2))
                .deadline(Duration.ofSeconds(60))
                .build());
        AtExit.register("never", () -> {});
        AtExit.register("own", () -> ignoreInterrupts(clock, end), Duration.ofHours(1));
        AtExit.register("bad", () -> {
            throw new IllegalStateException("x", new IllegalArgumentException("cause"));
        });
        ExitScope.current().say("a line");
        control.exit();
        end.countDown();
        clock.advance(Duration.ofDays(40_000));
        assertThat(err.lines())
                .containsExactly(
                        "[atexit] a line",
                        "[atexit] handler 'bad' failed: java.lang.IllegalStateException: x",
                        "Caused by: java.lang.IllegalArgumentException: cause",
                        "[atexit] still in 'own' after 2 s, at",
                        "[atexit] deadline passed, skipped: 'never'",
                        "[atexit] 'own' did not end within 60.1 s and ignored its interrupt: left behind, at");
    }
}
