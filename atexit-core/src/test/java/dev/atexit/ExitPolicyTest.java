package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.exit.Settings;
import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@FreshAtExit
class ExitPolicyTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    @AfterEach
    void clearProperty() {
        System.clearProperty("atexit.deadline");
    }

    private static void deadline(Duration deadline) {
        AtExit.configure(ExitPolicy.builder().deadline(deadline).build());
    }

    private static Duration hangingHandlerTakes(AtExitControl control, FakeClock clock) {
        AtExit.register("hangs", clock::hang);
        return control.exit().entries().get(0).duration();
    }

    @Test
    void deadline_inCode_counts(AtExitControl control, FakeClock clock) {
        deadline(Duration.ofSeconds(8));
        assertThat(hangingHandlerTakes(control, clock)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void deadline_byTheOperator_wins(AtExitControl control, FakeClock clock) {
        System.setProperty("atexit.deadline", "2s");
        deadline(Duration.ofSeconds(8));
        assertThat(hangingHandlerTakes(control, clock)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void deadline_switchedOffByTheOperator_cutsNothingOff(AtExitControl control, FakeClock clock) {
        System.setProperty("atexit.deadline", "0");
        deadline(Duration.ofSeconds(8));
        AtExit.register("slow", () -> clock.sleep(Duration.ofMinutes(1)));
        assertThat(control.exit().isClean()).isTrue();
        assertThat(AtExit.timeLeft()).isEmpty();
    }

    @Test
    void deadline_notUnderstoodFromOutside_isOneLineAndCodeCounts(AtExitControl control, FakeClock clock) {
        System.setProperty("atexit.deadline", "8 seconds");
        deadline(Duration.ofSeconds(8));
        assertThat(hangingHandlerTakes(control, clock)).isEqualTo(Duration.ofSeconds(4));
        assertThat(err.lines())
                .first()
                .isEqualTo(
                        "[atexit] system property atexit.deadline is '8 seconds', but must be a duration such as 25s,"
                                + " 500ms or 2m, or 0 for none; it is not used");
    }

    @Test
    void configure_again_replacesWhatWasSetBefore(AtExitControl control, FakeClock clock) {
        deadline(Duration.ofSeconds(2));
        AtExit.configure(ExitPolicy.builder().build());
        AtExit.register("slow", () -> clock.sleep(Duration.ofSeconds(9)));
        assertThat(control.exit().isClean()).isTrue();
    }

    @Test
    void builder_usedFurther_doesNotChangeWhatItMade() {
        ExitPolicy.Builder builder = ExitPolicy.builder();
        ExitPolicy first = builder.build();
        ExitPolicy second = builder.deadline(Duration.ofSeconds(1))
                .secondSignal(ExitPolicy.SecondSignal.IGNORE)
                .trackUncaught(true)
                .build();
        assertThat(first.settings().deadlineNanos).isEqualTo(Settings.UNSET);
        assertThat(first.settings().secondSignalHalts).isNull();
        assertThat(second.settings().deadlineNanos).isEqualTo(1_000_000_000);
        assertThat(second.settings().secondSignalHalts).isFalse();
        assertThat(second.settings().trackUncaught).isTrue();
    }
}
