package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.internal.exit.Settings;
import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static Settings said(String key, String text) {
        return ExitPolicy.builder().property(key, text).build().settings();
    }

    @Test
    void property_ofEachKey_setsIt() {
        assertThat(said("atexit.deadline", "25s").deadlineNanos).isEqualTo(25_000_000_000L);
        assertThat(said("atexit.deadline", "0").deadlineNanos).isZero();
        assertThat(said("atexit.stuck.notice", "500ms").stuckNoticeNanos).isEqualTo(500_000_000L);
        assertThat(said("atexit.second.signal", "ignore").secondSignalHalts).isFalse();
        assertThat(said("atexit.track.uncaught", "true").trackUncaught).isTrue();
        assertThat(said("atexit.durable", "false").durable.durable).isFalse();
        assertThat(said("atexit.durable.force", "true").durable.force).isTrue();
        assertThat(said("atexit.sweep", "false").durable.sweep).isFalse();
        assertThat(said("atexit.guardian", "true").durable.guardian).isTrue();
        assertThat(said("atexit.commands", "TRUE").durable.commands).isTrue();
        assertThat(said("atexit.sites", "true").explain.sites).isTrue();
        assertThat(said("atexit.display", "true").explain.display).isTrue();
        assertThat(said("atexit.report", "exit-%p.json").explain.reportFile).isEqualTo("exit-%p.json");
    }

    @Test
    void property_ofEveryKeyInTheTable_isKnown() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/atexit/ExitPolicy.java"));
        Matcher keys = Pattern.compile("<td>\\{@code (atexit\\.[a-z.]+)}").matcher(source);
        assertThat(keys.results().count()).isGreaterThan(8);
        keys.reset();
        while (keys.find()) {
            assertThatThrownBy(() -> ExitPolicy.builder().property(keys.group(1), "\0"))
                    .as(keys.group(1))
                    .hasMessageNotContaining("key must be");
        }
    }

    @Test
    void property_thatIsNotUnderstood_throwsAndNamesKeyTextAndForm() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExitPolicy.builder().property("atexit.deadline", "25 s"))
                .withMessage(
                        "atexit.deadline is '25 s', but must be a duration such as 25s, 500ms or 2m, or 0 for none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExitPolicy.builder().property("atexit.second.signal", "stop"))
                .withMessage("atexit.second.signal is 'stop', but must be halt or ignore");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExitPolicy.builder().property("atexit.sweep", "yes"))
                .withMessage("atexit.sweep is 'yes', but must be true or false");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExitPolicy.builder().property("atexit.dead.line", "25s"))
                .withMessageContaining("'atexit.dead.line'");
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
