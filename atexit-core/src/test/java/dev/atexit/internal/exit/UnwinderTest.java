package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import dev.atexit.ExitHandler;
import dev.atexit.ExitPolicy;
import dev.atexit.ExitReport;
import dev.atexit.ExitReport.Outcome;
import dev.atexit.Registration;
import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bounds, interrupts, what is left behind and what is skipped: all of it by the fake clock. */
@FreshAtExit
class UnwinderTest {
    /** The common pool may have no more than one thread. */
    private static final Executor NEW_THREAD = task -> new Thread(task).start();

    @RegisterExtension
    final Stderr err = new Stderr();

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private void register(String name) {
        AtExit.register(name, () -> calls.add(name));
    }

    private static void deadline(Duration deadline) {
        AtExit.configure(ExitPolicy.builder().deadline(deadline).build());
    }

    private static ExitHandler holding(Object held) {
        return () -> assertThat(held).isNotNull();
    }

    /** Takes no interrupt for an answer; ends when the test does. */
    private static void hangForGood(FakeClock clock, CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                clock.hang();
            } catch (InterruptedException ignored) {
                // That is the point of it.
                continue;
            }
        }
    }

    @Test
    void timeout_handlerReactsToTheInterrupt_timesOutAndTheNextOneRuns(AtExitControl control, FakeClock clock) {
        register("a");
        AtExit.register("slow", clock::hang, Duration.ofSeconds(3));
        ExitReport report = control.exit();
        ExitReport.Entry slow = report.entries().get(0);
        assertThat(slow.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(slow.duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(slow.error()).containsInstanceOf(InterruptedException.class);
        assertThat(report.isClean()).isFalse();
        assertThat(calls).containsExactly("a");
        assertThat(err.lines())
                .containsExactly(
                        "[atexit] handler 'slow' failed: java.lang.InterruptedException",
                        "[atexit] 'slow' timed out after 3 s, at");
    }

    @Test
    void timeout_handlerIgnoresTheInterrupt_isLeftBehindAfterAHundredMilliseconds(
            AtExitControl control, FakeClock clock) {
        CountDownLatch end = new CountDownLatch(1);
        register("a");
        AtExit.register("stuck", () -> hangForGood(clock, end), Duration.ofSeconds(3));
        ExitReport report = control.exit();
        end.countDown();
        clock.advance(Duration.ofDays(40_000));
        assertThat(report.entries())
                .extracting(ExitReport.Entry::outcome)
                .containsExactly(Outcome.LEFT_BEHIND, Outcome.RAN);
        assertThat(report.entries().get(0).duration()).isEqualTo(Duration.ofMillis(3100));
        assertThat(err.lines())
                .containsExactly(
                        "[atexit] 'stuck' did not end within 3.1 s and ignored its interrupt: left behind, at");
        assertThat(err.text()).contains("UnwinderTest.hangForGood(");
    }

    @Test
    void deadline_threeOfThirteenHang_allTenOthersRun(AtExitControl control, FakeClock clock) {
        CountDownLatch end = new CountDownLatch(1);
        deadline(Duration.ofSeconds(4));
        for (int i = 0; i < 10; i++) {
            register("h" + i);
        }
        for (int i = 0; i < 3; i++) {
            AtExit.register("hangs" + i, () -> hangForGood(clock, end));
        }
        ExitReport report = control.exit();
        Duration took = clock.elapsed();
        end.countDown();
        clock.advance(Duration.ofDays(40_000));
        assertThat(calls).hasSize(10);
        assertThat(report.entries().subList(0, 3))
                .extracting(ExitReport.Entry::outcome)
                .containsOnly(Outcome.LEFT_BEHIND);
        assertThat(report.entries().get(0).duration()).isEqualTo(Duration.ofMillis(2100));
        assertThat(took).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void deadline_handlerHasATimeoutOfItsOwn_getsMoreThanHalf(AtExitControl control, FakeClock clock) {
        deadline(Duration.ofSeconds(4));
        AtExit.register("own", clock::hang, Duration.ofSeconds(3));
        assertThat(control.exit().entries().get(0).duration()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void deadline_ownTimeoutIsLonger_theDeadlineWins(AtExitControl control, FakeClock clock) {
        deadline(Duration.ofSeconds(4));
        AtExit.register("own", clock::hang, Duration.ofMinutes(3));
        assertThat(control.exit().entries().get(0).duration()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void deadline_passed_theRestIsSkippedByName(AtExitControl control, FakeClock clock) {
        deadline(Duration.ofSeconds(4));
        register("never 1");
        register("never\n2");
        AtExit.register("own", clock::hang, Duration.ofMinutes(3));
        ExitReport report = control.exit();
        assertThat(calls).isEmpty();
        assertThat(report.entries())
                .extracting(ExitReport.Entry::name)
                .containsExactlyInAnyOrder("never\n2", "never 1", "own");
        assertThat(err.lines()).contains("[atexit] deadline passed, skipped: 'never\\n2', 'never 1'");
        for (ExitReport.Entry entry : report.entries()) {
            if (entry.outcome() == Outcome.SKIPPED) {
                assertThat(entry.startedAt()).isEmpty();
                assertThat(entry.ran()).isFalse();
                assertThat(entry.duration()).isZero();
            }
        }
    }

    @Test
    void deadline_everythingHangs_theExitEndsWithinASecondOfIt(AtExitControl control, FakeClock clock) {
        CountDownLatch end = new CountDownLatch(1);
        AtExit.configure(ExitPolicy.builder()
                .deadline(Duration.ofSeconds(4))
                .listener(event -> hangForGood(clock, end))
                .build());
        for (int i = 0; i < 100; i++) {
            AtExit.register("h" + i, () -> hangForGood(clock, end));
            ExitScope.current().addFinisher(new TestTask("f" + i, () -> hangForGood(clock, end)));
        }
        control.exit();
        Duration took = clock.elapsed();
        end.countDown();
        clock.advance(Duration.ofDays(40_000));
        assertThat(took).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void deadline_everythingHangsAndAnActionToo_theExitEndsWithinASecondOfIt(AtExitControl control, FakeClock clock)
            throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        AtExit.whenUnreachable(new Object(), () -> {
            begun.countDown();
            hangForGood(clock, end);
        });
        while (!begun.await(10, TimeUnit.MILLISECONDS)) {
            System.gc();
        }
        deadline(Duration.ofSeconds(4));
        AtExit.register("own", () -> hangForGood(clock, end), Duration.ofMinutes(1));
        for (int i = 0; i < 10; i++) {
            ExitScope.current().addFinisher(new TestTask("f" + i, () -> hangForGood(clock, end)));
        }
        control.exit();
        Duration took = clock.elapsed();
        end.countDown();
        clock.advance(Duration.ofDays(40_000));
        assertThat(took).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void deadline_passed_whatIsSkippedKeepsNothingOfItsHandler(AtExitControl control, FakeClock clock) {
        Object held = new Object();
        WeakReference<Object> gone = new WeakReference<>(held);
        deadline(Duration.ofSeconds(4));
        Registration skipped = AtExit.register(holding(held));
        AtExit.register("own", clock::hang, Duration.ofMinutes(1));
        assertThat(control.exit().entries())
                .extracting(ExitReport.Entry::outcome)
                .contains(Outcome.SKIPPED);
        held = null;
        Awaitility.await().until(() -> {
            System.gc();
            return gone.get() == null;
        });
        assertThat(skipped.isPending()).isFalse();
    }

    @Test
    void deadline_passed_timeLeftIsZeroForWhatClosesLast(AtExitControl control, FakeClock clock) {
        deadline(Duration.ofSeconds(4));
        AtExit.register("first", () -> calls.add("left " + AtExit.timeLeft().orElseThrow()));
        AtExit.register("own", clock::hang, Duration.ofSeconds(3));
        ExitScope.current().addFinisher(new TestTask("last", () -> {
            clock.sleep(Duration.ofMillis(10));
            calls.add("last");
        }));
        control.exit();
        assertThat(calls).containsExactly("left PT1S", "last");
        assertThat(AtExit.timeLeft()).contains(Duration.ofMillis(990));
    }

    @Test
    void noDeadline_handlerTakesAnHour_isNamedAfterTenSecondsAndNotCutOff(AtExitControl control, FakeClock clock) {
        AtExit.register("slow", () -> clock.sleep(Duration.ofHours(1)));
        ExitReport report = control.exit();
        assertThat(report.isClean()).isTrue();
        assertThat(report.entries().get(0).duration()).isEqualTo(Duration.ofHours(1));
        assertThat(err.lines()).containsExactly("[atexit] still in 'slow' after 10 s, at");
        assertThat(err.text()).contains("FakeClock.sleep(");
    }

    @Test
    void stuckNotice_set_isUsed(AtExitControl control, FakeClock clock) {
        AtExit.configure(
                ExitPolicy.builder().stuckNotice(Duration.ofMillis(1500)).build());
        AtExit.register("slow", () -> clock.sleep(Duration.ofSeconds(8)));
        control.exit();
        assertThat(err.lines()).containsExactly("[atexit] still in 'slow' after 1.5 s, at");
    }

    @Test
    void leftBehind_endsLater_countsForNothing(AtExitControl control, FakeClock clock) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtExit.register("after", () -> {
            end.countDown();
            clock.advance(Duration.ofDays(40_000));
            assertThat(ended.await(1, TimeUnit.MINUTES)).isTrue();
        });
        AtExit.register(
                "stuck",
                () -> {
                    hangForGood(clock, end);
                    ended.countDown();
                    throw new IllegalStateException("too late");
                },
                Duration.ofSeconds(3));
        ExitReport report = control.exit();
        assertThat(report.entries())
                .extracting(ExitReport.Entry::outcome)
                .containsExactly(Outcome.LEFT_BEHIND, Outcome.RAN);
        assertThat(err.text()).doesNotContain("too late");
    }

    @Test
    void nestedSource_taskIsLeftBehind_theRestOfTheSourceRunsThenWhatIsBelow(AtExitControl control, FakeClock clock) {
        CountDownLatch end = new CountDownLatch(1);
        register("below");
        Task stuck = new TestTask("stuck", () -> hangForGood(clock, end)) {
            @Override
            public long timeoutNanos() {
                return 1_000_000_000;
            }
        };
        Task deep = ListSource.group("deep", new ListSource(1, stuck, new TestTask("rest", () -> calls.add("rest"))));
        ExitScope.current()
                .register(ListSource.group(
                        "group", new ListSource(1, deep, new TestTask("sibling", () -> calls.add("sibling")))));
        ExitReport report = control.exit();
        end.countDown();
        clock.advance(Duration.ofDays(40_000));
        assertThat(calls).containsExactly("rest", "sibling", "below");
        ExitReport.Entry group = report.entries().get(0);
        assertThat(group.children()).extracting(ExitReport.Entry::name).containsExactly("deep", "sibling");
        assertThat(group.children().get(0).children())
                .extracting(ExitReport.Entry::outcome)
                .containsExactly(Outcome.LEFT_BEHIND, Outcome.RAN);
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void parallelSource_tasksSleepTogether_takeAsLongAsTheLongest(AtExitControl control, FakeClock clock) {
        Task[] tasks = new Task[4];
        for (int i = 0; i < tasks.length; i++) {
            Duration time = Duration.ofSeconds(i + 1);
            tasks[i] = new TestTask("t" + i, () -> clock.sleep(time));
        }
        ExitScope.current().register(ListSource.group("group", new ListSource(4, tasks)));
        ExitReport report = control.exit();
        assertThat(report.entries().get(0).children()).hasSize(4);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void runAskedFor_whileTheExitBegins_leavesTheStackOpenForTheExit(AtExitControl control) throws Exception {
        CountDownLatch inRun = new CountDownLatch(1);
        CountDownLatch inExit = new CountDownLatch(1);
        CountDownLatch runIsOver = new CountDownLatch(1);
        AtExit.register("of the exit", () -> {
            inExit.countDown();
            assertThat(runIsOver.await(1, TimeUnit.MINUTES)).isTrue();
            register("registered in the exit");
        });
        AtExit.register("of the run", () -> {
            inRun.countDown();
            assertThat(inExit.await(1, TimeUnit.MINUTES)).isTrue();
        });
        CompletableFuture<ExitReport> run = CompletableFuture.supplyAsync(AtExit::runExitHandlers, NEW_THREAD);
        assertThat(inRun.await(1, TimeUnit.MINUTES)).isTrue();
        CompletableFuture<ExitReport> exit = CompletableFuture.supplyAsync(control::exit, NEW_THREAD);
        run.get(1, TimeUnit.MINUTES);
        runIsOver.countDown();
        exit.get(1, TimeUnit.MINUTES);
        assertThat(calls).containsExactly("registered in the exit");
    }

    @Test
    void finishers_severalAdded_runInTheirOrderAfterHandlersAndSurviveClear(AtExitControl control) {
        ExitScope.current().addFinisher(new TestTask("f1", () -> calls.add("f1")));
        ExitScope.current().addFinisher(new TestTask("f2", () -> {
            calls.add("f2");
            throw new IllegalStateException("f2");
        }));
        register("a");
        AtExit.clear();
        register("b");
        ExitReport report = control.exit();
        assertThat(calls).containsExactly("b", "f1", "f2");
        assertThat(report.isClean()).isFalse();
        assertThat(err.lines()).containsExactly("[atexit] handler 'f2' failed: java.lang.IllegalStateException: f2");
    }

    @Test
    void exit_theWatchingThreadIsInterrupted_allRunsAndItStaysInterrupted(AtExitControl control, FakeClock clock) {
        register("a");
        AtExit.register("slow", clock::hang, Duration.ofSeconds(3));
        Thread.currentThread().interrupt();
        control.exit();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(calls).containsExactly("a");
    }

    @Test
    void exit_somethingWasPrinted_noThreadIsLeft(AtExitControl control) throws Exception {
        AtExit.register(() -> {
            throw new IllegalStateException("x");
        });
        List<Thread> before = listeners();
        control.exit();
        for (Thread thread : listeners()) {
            if (!before.contains(thread)) {
                thread.join(TimeUnit.MINUTES.toMillis(1));
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    private static List<Thread> listeners() {
        List<Thread> found = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("atexit-listener")) {
                found.add(thread);
            }
        }
        return found;
    }
}
