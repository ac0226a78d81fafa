package dev.atexit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.AtExit;
import dev.atexit.ExitPolicy;
import dev.atexit.ExitReport;
import dev.atexit.ExitReport.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@FreshAtExit
class FakeClockTest {
    /** The common pool may have no more than one thread. */
    private static final Executor NEW_THREAD = task -> new Thread(task).start();

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void exit_handlerSleepsPastItsTimeout_timesOutThen(AtExitControl control, FakeClock clock) {
        AtExit.register("slow", () -> clock.sleep(HOUR), Duration.ofSeconds(5));
        ExitReport.Entry slow = control.exit().entries().get(0);
        assertThat(slow.outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(slow.duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(slow.startedAt()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void exit_handlerSleepsWithinItsTimeout_runsAndTheClockHasMoved(AtExitControl control, FakeClock clock) {
        AtExit.register("slow", () -> clock.sleep(HOUR), Duration.ofHours(2));
        assertThat(control.exit().entries().get(0).duration()).isEqualTo(HOUR);
        assertThat(clock.elapsed()).isEqualTo(HOUR);
        assertThat(clock.now()).isEqualTo(Instant.parse("2026-01-01T01:00:00Z"));
    }

    @Test
    void exit_handlersDoNotSleep_theClockStandsStill(AtExitControl control, FakeClock clock) {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofMillis(1)).build());
        for (int i = 0; i < 100; i++) {
            AtExit.register("h" + i, Thread::yield);
        }
        assertThat(control.exit().isClean()).isTrue();
        assertThat(clock.elapsed()).isZero();
    }

    @Test
    void runExitHandlers_handlerSleepsOnTheCallersThread_jumps(FakeClock clock) {
        AtExit.register("slow", () -> clock.sleep(HOUR));
        assertThat(AtExit.runExitHandlers().entries().get(0).duration()).isEqualTo(HOUR);
    }

    @Test
    void stand_sleeperWaits_onlyAdvanceWakesIt(AtExitControl control, FakeClock clock) throws Exception {
        clock.stand();
        AtExit.register("slow", () -> clock.sleep(HOUR), Duration.ofHours(2));
        CompletableFuture<ExitReport> exit = CompletableFuture.supplyAsync(control::exit, NEW_THREAD);
        clock.awaitSleepers(1);
        clock.advance(Duration.ofMinutes(59));
        clock.awaitSleepers(1);
        assertThat(exit).isNotDone();
        clock.advance(Duration.ofMinutes(1));
        ExitReport report = exit.get(1, TimeUnit.MINUTES);
        assertThat(report.entries().get(0).duration()).isEqualTo(HOUR);
    }

    @Test
    void stand_advancedPastATimeout_theHandlerTimesOut(AtExitControl control, FakeClock clock) throws Exception {
        clock.stand();
        AtExit.register("hangs", clock::hang, Duration.ofSeconds(5));
        CompletableFuture<ExitReport> exit = CompletableFuture.supplyAsync(control::exit, NEW_THREAD);
        clock.awaitSleepers(1);
        clock.advance(Duration.ofSeconds(6));
        ExitReport report = exit.get(1, TimeUnit.MINUTES);
        assertThat(report.entries().get(0).outcome()).isEqualTo(Outcome.TIMED_OUT);
    }

    @Test
    void durations_negativeOrNull_nameTheParameter(FakeClock clock) {
        assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time");
        assertThatThrownBy(() -> clock.sleep(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.elapsed()).isZero();
    }
}
