package dev.atexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void version_asked_printsNameAndNumber() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("atexit \\d+\\.\\d+\\.\\d+\\R");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sweep", "ps", "report", "demo"})
    void version_askedOfASubcommand_isTheSame(String subcommand) {
        assertThat(run(subcommand, "--version")).isZero();
        assertThat(out.toString()).matches("atexit \\d+\\.\\d+\\.\\d+\\R");
    }

    @Test
    void help_asked_printsUsageOnStdout() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: atexit");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void subcommand_missing_isStatus2WithUsageOnStderr() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Missing subcommand").contains("Usage: atexit");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void option_unknown_isStatus2AndNamed() {
        assertThat(run("--nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("--nonsense");
    }

    @Test
    void failure_ofTheFileSystem_isToldWithItsReason() {
        assertThat(Main.describe(new FileSystemException("/x", null, "is a link")))
                .isEqualTo("/x: is a link");
        assertThat(Main.describe(new AccessDeniedException("/x"))).isEqualTo("/x: access denied");
        assertThat(Main.describe(new NotDirectoryException("/x"))).isEqualTo("java.nio.file.NotDirectoryException: /x");
        assertThat(Main.describe(new IOException("no disk"))).isEqualTo("no disk");
        assertThat(Main.describe(new IOException())).isEqualTo("java.io.IOException");
    }

    private int run(String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
