package dev.atexit.process.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who sits in front of it. */
class DisplayTest {
    private static final String SCRIPT = "terminal.py";
    private static final int ROWS = 20;
    private static final int COLUMNS = 90;
    private static final String CTRL_C = "03";
    private static final String CTRL_S = "13";

    @TempDir
    static Path directory;

    @BeforeAll
    static void needsPython() throws IOException, InterruptedException {
        int status;
        try {
            status = new ProcessBuilder("python3", "-c", "import pty, termios, os; os.waitstatus_to_exitcode")
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException notFound) {
            status = 127;
        }
        assumeTrue(status == 0, "there is no python3 that has terminals");
        try (InputStream source = DisplayTest.class.getResourceAsStream(SCRIPT)) {
            assertThat(source).isNotNull();
            Files.write(directory.resolve(SCRIPT), source.readAllBytes());
        }
    }

    private static ChildJvm.Builder program(String... arguments) {
        return onTerminal(arguments).property("atexit.display", "true");
    }

    private static ChildJvm.Builder onTerminal(String... arguments) {
        return ChildJvm.running(ShownProgram.class, arguments)
                .startedBy(
                        "python3",
                        directory.resolve(SCRIPT).toString(),
                        Integer.toString(ROWS),
                        Integer.toString(COLUMNS))
                .env("TERM", "xterm")
                .env("NO_COLOR", "");
    }

    private static List<List<String>> screens(Ended ended) {
        assertThat(ended.err()).as(ended.all()).isEmpty();
        return Screen.all(ROWS, COLUMNS, ended.out());
    }

    private static List<String> last(Ended ended) {
        List<List<String>> screens = screens(ended);
        return screens.get(screens.size() - 1);
    }

    private static int status(Ended ended) {
        String last = ended.out().get(ended.out().size() - 1);
        assertThat(last).as(ended.all()).startsWith("status ");
        return Integer.parseInt(last.substring("status ".length()));
    }

    private static Predicate<String> showing(String pattern) {
        return Screen.showing(ROWS, COLUMNS, lines -> hasLine(lines, pattern));
    }

    private static boolean hasLine(List<String> lines, String pattern) {
        return lines.stream().anyMatch(line -> line.matches(pattern));
    }

    @Test
    void exit_slow_isShownAndLeavesOneLine() throws Exception {
        Ended ended = program("slow").run();
        assertThat(status(ended)).isZero();
        assertThat(screens(ended))
                .as(ended.all())
                .anySatisfy(lines -> {
                    assertThat(lines).hasSize(4).startsWith("ready", "");
                    assertThat(lines.get(2)).matches("\\[atexit] exit: \\d\\.\\d s, 5 done, 1 to come");
                    assertThat(lines.get(3)).matches(" {2}data\\\\u001b\\[2Jbase {2}\\d\\.\\d s of 60 s");
                })
                .anySatisfy(lines -> assertThat(lines).hasSize(5).element(4).isEqualTo("Ctrl-C twice ends it at once"))
                .noneSatisfy(lines -> assertThat(lines).anyMatch(line -> line.matches(".* exit: 0\\.[0-2] s, .*")));
        assertThat(last(ended)).as(ended.all()).hasSize(2).startsWith("ready");
        assertThat(last(ended).get(1))
                .matches(
                        "\\[atexit] exit took \\d+\\.\\d s: 7 handlers, slowest 'data\\\\u001b\\[2Jbase' \\d+\\.\\d s");
    }

    @Test
    void exit_shownAndSomethingIsPrinted_everyLineStaysWhole() throws Exception {
        Ended ended = program("fails").run();
        List<String> last = last(ended);
        assertThat(last)
                .as(ended.all())
                .startsWith("ready", "half a line")
                .anyMatch(line ->
                        line.startsWith("[atexit] handler 'speaks' failed: java.lang.IllegalStateException: no"))
                .noneMatch(line -> line.contains(" to come") || line.contains("Ctrl-C"));
        assertThat(last.get(last.size() - 1)).matches("\\[atexit] exit took .* s: 2 handlers, slowest .* s; 1 failed");
        assertThat(screens(ended))
                .anySatisfy(lines -> assertThat(lines)
                        .anyMatch(line -> line.startsWith("[atexit] handler 'speaks' failed"))
                        .anyMatch(line -> line.startsWith("  slow  ")));
    }

    @Test
    void entries_parallel_haveALineEach() throws Exception {
        Ended ended = onTerminal("parallel").env("ATEXIT_DISPLAY", "true").run();
        assertThat(screens(ended)).as(ended.all()).anySatisfy(lines -> {
            for (int part = 0; part < 4; part++) {
                String start = "  parts > part " + part + "  ";
                assertThat(lines).anyMatch(line -> line.startsWith(start));
            }
        });
        assertThat(last(ended)).as(ended.all()).hasSize(2);
    }

    @Test
    void listener_ofTheProgramsOwn_displayIsShownAllTheSame() throws Exception {
        Ended ended = onTerminal("listens").run();
        assertThat(screens(ended)).as(ended.all()).anyMatch(lines -> hasLine(lines, " {2}slow .*"));
        assertThat(last(ended)).as(ended.all()).hasSize(2);
    }

    @Test
    void ctrlC_again_endsAtOnceAndNothingIsLeft() throws Exception {
        try (ChildJvm child =
                program("forever", "wait").property("atexit.deadline", "90s").start()) {
            child.awaitLine("ready", showing("ready"));
            child.tell(CTRL_C);
            child.awaitLine("hint", showing("Ctrl-C again ends it at once"));
            child.tell(CTRL_C);
            Ended ended = child.await();
            assertThat(status(ended)).as(ended.all()).isEqualTo(130);
            List<String> last = last(ended);
            assertThat(last)
                    .as(ended.all())
                    .noneMatch(line -> line.contains("Ctrl-C") || line.startsWith("  never ends"))
                    .contains("[atexit] SIGINT again: ending at once while in 'never ends'");
        }
    }

    @Test
    void ctrlC_noSignalBeganTheExit_isSaidToBeNeededTwice() throws Exception {
        try (ChildJvm child =
                program("forever").property("atexit.deadline", "90s").start()) {
            child.awaitLine("hint", showing("Ctrl-C twice ends it at once"));
            child.tell(CTRL_C);
            child.awaitLine("hint", showing("Ctrl-C again ends it at once"));
            child.tell(CTRL_C);
            Ended ended = child.await();
            assertThat(status(ended)).as(ended.all()).isEqualTo(130);
            assertThat(last(ended))
                    .as(ended.all())
                    .contains("[atexit] SIGINT during the exit: again to end at once")
                    .endsWith("[atexit] SIGINT again: ending at once while in 'never ends'");
        }
    }

    @Test
    void secondSignal_ignored_isNotPromised() throws Exception {
        Ended ended = program("slow").property("atexit.second.signal", "ignore").run();
        assertThat(screens(ended))
                .as(ended.all())
                .anyMatch(lines -> hasLine(lines, "\\[atexit] exit: 1\\.\\d s.*"))
                .noneMatch(lines -> hasLine(lines, ".*Ctrl-C.*"));
    }

    @Test
    void terminal_stopped_exitEndsAllTheSame() throws Exception {
        try (ChildJvm child = program("slow").start()) {
            child.awaitLine("picture", showing(".* exit: .* 1 to come"));
            child.tell(CTRL_S);
            Ended ended = child.await();
            assertThat(status(ended)).as(ended.all()).isZero();
        }
    }

    @Test
    void terminal_dumbOrPlain_onlyWhatIsStuckIsSaid() throws Exception {
        List<ChildJvm.Builder> programs = new ArrayList<>();
        programs.add(program("slow").env("TERM", "dumb"));
        programs.add(program("slow").env("NO_COLOR", "1"));
        for (ChildJvm.Builder plain : programs) {
            Ended ended = plain.property("atexit.stuck.notice", "700ms").run();
            assertThat(screens(ended))
                    .as(ended.all())
                    .noneMatch(lines -> hasLine(lines, ".*( to come|exit took).*"))
                    .anyMatch(lines -> hasLine(lines, "\\[atexit] still in 'data.*"));
        }
    }

    @Test
    void standardError_isNoTerminal_nothingIsShown() throws Exception {
        Ended ended = ChildJvm.running(ShownProgram.class, "slow")
                .startedBy("python3", directory.resolve(SCRIPT).toString(), "20", "90", "piped")
                .env("TERM", "xterm")
                .property("atexit.display", "true")
                .run();
        assertThat(last(ended)).as(ended.all()).containsExactly("ready");
    }

    @Test
    void exit_quick_loadsNothingAndShowsNothing() throws Exception {
        Path log = directory.resolve("classes.log");
        Ended ended =
                program("quick").jvm("-Xlog:class+load:file=" + log + ":none").run();
        assertThat(last(ended)).as(ended.all()).containsExactly("ready");
        assertThat(Files.readString(log))
                .contains("dev.atexit.internal.exit.ExitSequence ")
                .doesNotContain("dev.atexit.internal.display.")
                .doesNotContain("dev.atexit.internal.exit.DisplayTask ")
                .doesNotContain("dev.atexit.internal.exit.ExitDisplay ")
                .doesNotContain("dev.atexit.internal.exit.Progress ");
    }
}
