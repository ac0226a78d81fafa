package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.ExitReport.Outcome;
import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@FreshAtExit
class ExitReportTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    @RegisterExtension
    final Stderr err = new Stderr();

    @Test
    void entries_namedSlowAndFailed_areKeptAndTheOthersCounted(AtExitControl control, FakeClock clock) {
        for (int i = 0; i < 5; i++) {
            AtExit.register(() -> {});
        }
        AtExit.register("named", () -> {});
        AtExit.register(() -> clock.sleep(Duration.ofNanos(1_000_001)));
        AtExit.register(() -> clock.sleep(Duration.ofMillis(1)));
        AtExit.register(() -> {
            throw new IllegalStateException("x");
        });
        ExitReport report = control.exit();
        String lambda = "lambda in " + getClass().getName();
        assertThat(report.entries()).extracting(ExitReport.Entry::name).containsExactly(lambda, lambda, "named");
        assertThat(report.entries())
                .extracting(ExitReport.Entry::outcome)
                .containsExactly(Outcome.FAILED, Outcome.RAN, Outcome.RAN);
        assertThat(report.entries().get(1).duration()).isEqualTo(Duration.ofNanos(1_000_001));
        assertThat(report.others()).isEqualTo(6);
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void times_ofTheRunAndItsEntries_areTheClocks(AtExitControl control, FakeClock clock) {
        AtExit.register("second", () -> clock.sleep(Duration.ofSeconds(2)));
        AtExit.register("first", () -> clock.sleep(Duration.ofSeconds(1)));
        clock.advance(Duration.ofMinutes(1));
        ExitReport report = control.exit();
        assertThat(report.startedAt()).isEqualTo(BEGIN.plusSeconds(60));
        assertThat(report.duration()).isEqualTo(Duration.ofSeconds(3));
        assertThat(report.entries())
                .extracting(ExitReport.Entry::startedAt)
                .containsExactly(Optional.of(BEGIN.plusSeconds(60)), Optional.of(BEGIN.plusSeconds(61)));
        assertThat(report.entries().get(0).registeredAt()).isEmpty();
        assertThat(report.entries().get(0).error()).isEmpty();
        assertThat(report.entries().get(0).ran()).isTrue();
    }

    @Test
    void nothingRegistered_emptyAndClean(AtExitControl control) {
        ExitReport report = control.exit();
        assertThat(report.entries()).isEmpty();
        assertThat(report.others()).isZero();
        assertThat(report.isClean()).isTrue();
        assertThat(report.reason()).isEqualTo(new ExitReason.EndOfMain());
    }

    @Test
    void lists_areUnmodifiable(FakeClock clock) {
        AtExit.register("a", () -> {});
        ExitReport report = AtExit.runExitHandlers();
        assertThatThrownBy(() -> report.entries().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() ->
                        report.entries().get(0).children().add(report.entries().get(0)))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void toString_tree_oneLineForEachEntryIndentedAndEscaped(FakeClock clock) {
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("inner\u001b", () -> clock.sleep(Duration.ofMillis(1500)));
        AtExit.register(() -> {});
        AtExit.register("bad", () -> {
            throw new IllegalStateException("line\nbreak");
        });
        Locale before = Locale.getDefault();
        String text;
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-SA"));
            text = AtExit.runExitHandlers().toString();
        } finally {
            Locale.setDefault(before);
        }
        assertThat(text.lines())
                .containsExactly(
                        "exit: requested by the program, 3 handlers in 1.5 s",
                        "  failed bad (0 µs): java.lang.IllegalStateException: line\\nbreak",
                        "  ran CleanupRegistry (1.5 s)",
                        "    ran inner\\u001b (1.5 s)",
                        "  and 1 more, all well");
    }

    @Test
    void isClean_failureDeepInside_isSeen(FakeClock clock) {
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("inner", () -> {
            throw new IllegalStateException("x");
        });
        ExitReport report = AtExit.runExitHandlers();
        assertThat(report.entries().get(0).outcome()).isEqualTo(Outcome.RAN);
        assertThat(report.isClean()).isFalse();
    }

    @Test
    void reasons_forPeople_sayWhatHappened() {
        StackTraceElement caller = new StackTraceElement("App", "stop", "App.java", 7);
        assertThat(new ExitReason.EndOfMain()).hasToString("end of main");
        assertThat(new ExitReason.Signal("TERM")).hasToString("SIGTERM");
        assertThat(new ExitReason.SystemExit(Optional.of(caller)))
                .hasToString("System.exit called by App.stop(App.java:7)");
        assertThat(new ExitReason.SystemExit(Optional.empty())).hasToString("System.exit, caller unknown");
        assertThat(new ExitReason.Uncaught("main", new IllegalStateException("x")))
                .hasToString("uncaught java.lang.IllegalStateException in thread main");
        assertThat(new ExitReason.Requested()).hasToString("requested by the program");
    }
}
