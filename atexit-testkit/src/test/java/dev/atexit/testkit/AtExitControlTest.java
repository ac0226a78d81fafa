package dev.atexit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.AtExit;
import dev.atexit.ExitEvent;
import dev.atexit.ExitPolicy;
import dev.atexit.ExitReason;
import dev.atexit.ExitReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@FreshAtExit
class AtExitControlTest {
    @Test
    void exit_handlersPending_runsThemAndReports(AtExitControl control) {
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        AtExit.register("first", () -> seen.add(AtExit.exitReason()));
        AtExit.register("second", () -> seen.add("second"));
        ExitReport report = control.exit(new ExitReason.Signal("TERM"));
        assertThat(seen).containsExactly("second", Optional.of(new ExitReason.Signal("TERM")));
        assertThat(report.reason()).isEqualTo(new ExitReason.Signal("TERM"));
        assertThat(report.entries()).extracting(ExitReport.Entry::name).containsExactly("second", "first");
    }

    @Test
    void exit_everyReason_isWhatHandlersSee(AtExitControl control) {
        StackTraceElement caller = new StackTraceElement("App", "stop", "App.java", 7);
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        AtExit.register(() -> seen.add(AtExit.exitReason().orElseThrow()));
        control.exit(new ExitReason.SystemExit(Optional.of(caller)));
        assertThat(seen).containsExactly(new ExitReason.SystemExit(Optional.of(caller)));
    }

    @Test
    void exit_uncaught_isTheReason(AtExitControl control) {
        ExitReason uncaught = new ExitReason.Uncaught("main", new IllegalStateException("x"));
        assertThat(control.exit(uncaught).reason()).isEqualTo(uncaught);
    }

    @Test
    void exit_twice_isRefused(AtExitControl control) {
        assertThat(control.exit().reason()).isEqualTo(new ExitReason.EndOfMain());
        assertThatThrownBy(control::exit).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void exit_requested_isRefusedWithTheWayToAskForARun(AtExitControl control) {
        assertThatThrownBy(() -> control.exit(new ExitReason.Requested()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("runExitHandlers");
        assertThat(control.exit().isClean()).isTrue();
    }

    @Test
    void register_afterTheExit_isTooLate(AtExitControl control) {
        control.exit();
        assertThatThrownBy(() -> AtExit.register(() -> {})).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void exit_listenerConfigured_isTheOneThatIsTold(AtExitControl control) {
        List<ExitEvent> events = Collections.synchronizedList(new ArrayList<>());
        AtExit.configure(ExitPolicy.builder().listener(events::add).build());
        ExitReport report = control.exit();
        assertThat(events).hasSize(2);
        assertThat(((ExitEvent.Ended) events.get(1)).report().reason()).isEqualTo(report.reason());
    }
}
