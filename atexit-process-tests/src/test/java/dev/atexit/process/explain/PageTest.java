package dev.atexit.process.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Cause;
import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.ReportReader;
import dev.atexit.report.html.HtmlPage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports of real exits, read and shown. */
class PageTest {
    @TempDir
    Path directory;

    private RecordedExit exitOf(String how) throws Exception {
        Path report = directory.resolve("exit.json");
        ChildJvm.running(StuckProgram.class, how)
                .property("atexit.deadline", "1s")
                .property("atexit.stuck.notice", "100ms")
                .property("atexit.sites", "true")
                .property("atexit.report", report.toString())
                .run();
        return ReportReader.read(report);
    }

    private static String page(RecordedExit exit) throws IOException {
        StringBuilder out = new StringBuilder();
        HtmlPage.of(exit).writeTo(out);
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({"lock, needs the lock", "deadlock, takes both", "sleep, sleeps", "registry, sleeps"})
    void exit_withAStuckHandler_isReadAndItsPageNamesTheHandler(String how, String name) throws Exception {
        RecordedExit exit = exitOf(how);

        assertThat(exit.complete()).isTrue();
        assertThat(exit.clean()).isFalse();
        assertThat(exit.reason().kind()).isEqualTo(Cause.END_OF_MAIN);
        assertThat(exit.deadlineNanos()).hasValue(1_000_000_000L);
        assertThat(page(exit))
                .contains("What went wrong", name, StuckProgram.class.getName() + ".main(StuckProgram.java:")
                .contains(how.equals("deadlock") ? "That is a deadlock" : "Where it stood");
    }

    @Test
    void exit_calledWithALock_isReadWithItsCaller() throws Exception {
        RecordedExit exit = exitOf("exit-with-lock");

        assertThat(exit.reason().caller().orElseThrow()).startsWith(StuckProgram.class.getName() + ".main(");
        assertThat(exit.entries().get(0).outcome()).isEqualTo(Outcome.LEFT_BEHIND);
        assertThat(page(exit)).contains("System.exit was called by " + StuckProgram.class.getName() + ".main(");
    }
}
