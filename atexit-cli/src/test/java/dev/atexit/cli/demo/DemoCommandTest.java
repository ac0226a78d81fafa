package dev.atexit.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void list_asked_namesEveryPartAndRunsNone() {
        assertThat(run("--list")).isZero();
        assertThat(out.toString().lines()).hasSameSizeAs(Parts.ALL);
        for (Part part : Parts.ALL) {
            assertThat(out.toString()).contains(part.name(), part.title());
        }
    }

    @Test
    void part_unknown_isStatus2AndSaysWhereToLook() {
        assertThat(run("nonsense")).isEqualTo(2);
        assertThat(err.toString())
                .contains("no part of the demo is named 'nonsense'")
                .contains("--list");
    }

    @Test
    void part_named_isTheOnlyOneShown() {
        assertThat(run("order")).as(out.toString()).isZero();
        assertThat(out.toString())
                .contains("1. " + Parts.ALL.get(0).title())
                .contains("1 part, 3 claims checked, all hold.")
                .doesNotContain("2. ");
    }

    @Test
    void demo_whole_holdsWhatItClaimsInPlainTextOf100Columns() {
        assertThat(run()).as(out.toString()).isZero();
        assertThat(out.toString()).contains(Parts.ALL.size() + " parts").contains("all hold.");
        assertThat(out.toString()).doesNotContain("\u001b");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void claim_thatDoesNotHold_isShownAndFailsTheDemo() {
        Stage stage = new Stage(new Layout(new PrintWriter(out, true), false));
        stage.check("water is dry", false);
        assertThat(stage.finish()).isFalse();
        assertThat(out.toString()).contains("FAILED water is dry").contains("1 do not hold.");
    }

    private int run(String... args) {
        CommandLine commandLine = new CommandLine(new DemoCommand());
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
