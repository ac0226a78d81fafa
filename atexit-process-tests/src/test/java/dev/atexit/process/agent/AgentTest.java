package dev.atexit.process.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.Ending;
import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Cause;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.ReportReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Hooks of every kind, with the agent and nothing else of ours. */
@Execution(ExecutionMode.CONCURRENT)
class AgentTest {
    @TempDir
    static Path shared;

    private static Path jar;

    @TempDir
    Path directory;

    @BeforeAll
    static void makeJar() throws IOException {
        jar = AgentJar.in(shared);
    }

    private static ChildJvm.Builder program(String options, String ending, String... hooks) {
        List<String> arguments = new ArrayList<>(List.of(ending));
        arguments.addAll(List.of(hooks));
        return ChildJvm.running(HooksProgram.class, arguments.toArray(String[]::new))
                .classPath(ChildJvm.place(HooksProgram.class))
                .jvm("-javaagent:" + jar + (options.isEmpty() ? "" : "=" + options));
    }

    private Path report() {
        return directory.resolve("exit.json");
    }

    private RecordedExit read() throws IOException {
        return ReportReader.read(report());
    }

    private static Entry entry(RecordedExit exit, String thread) {
        return exit.entries().stream()
                .filter(entry -> entry.thread().orElse("").equals(thread))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no entry of " + thread + " in " + exit));
    }

    private static List<String> from(Ended ended, String beginning) {
        return ended.err().stream().filter(line -> line.startsWith(beginning)).toList();
    }

    @ParameterizedTest
    @CsvSource({"END_OF_MAIN, END_OF_MAIN", "EXIT, EXIT", "UNCAUGHT, END_OF_MAIN", "TERM, SIGNAL", "INT, SIGNAL"})
    void exit_hookIsSlow_statusStaysAndTheReportHasIt(Ending ending, Cause cause) throws Exception {
        Ended ended =
                program("report=" + report(), ending.name(), "slow", "quick").run(ending);
        assertThat(ended.status()).as(ended.all()).isEqualTo(ending.status);
        assertThat(ended.out()).containsExactlyInAnyOrder("quick ran", "slow ran");
        assertThat(from(ended, "[atexit]")).as(ended.all()).isEmpty();
        RecordedExit exit = read();
        assertThat(exit.reason().kind()).isEqualTo(cause);
        assertThat(exit.clean()).isTrue();
        assertThat(exit.entries()).hasSize(2);
        Entry slow = entry(exit, "slow");
        assertThat(slow.name()).isEqualTo("slow (lambda in " + HooksProgram.class.getName() + ")");
        assertThat(slow.kind()).isEqualTo("hook");
        assertThat(slow.site()).hasValueSatisfying(site -> assertThat(site).contains("HooksProgram.hook("));
        assertThat(slow.outcome()).isEqualTo(Outcome.RAN);
        assertThat(slow.durationNanos().orElse(0)).isGreaterThanOrEqualTo(600_000_000L);
        assertThat(entry(exit, "quick").durationNanos().orElse(0))
                .isLessThan(slow.durationNanos().orElse(0));
    }

    @Test
    void hooks_asTheJvmHasThem_behaveAsWithoutTheAgent() throws Exception {
        String[] hooks = {"meets-1", "meets-2", "removed", "twice", "late", "reaches"};
        Ended without = ChildJvm.running(
                        HooksProgram.class, "EXIT", "meets-1", "meets-2", "removed", "twice", "late", "reaches")
                .classPath(ChildJvm.place(HooksProgram.class))
                .run();
        Ended with = program("", "EXIT", hooks).run();
        assertThat(with.out())
                .contains(
                        "removed true false",
                        "twice refused",
                        "twice ran",
                        "late refused: Shutdown in progress",
                        "refused InaccessibleObjectException",
                        "not found")
                .containsExactlyInAnyOrderElementsOf(without.out());
        assertThat(with.err()).isEmpty();
        assertThat(with.status()).isEqualTo(without.status());
    }

    @Test
    void notice_hookTakesLonger_itIsNamedWithItsStackAndTheExitIsSummedUp() throws Exception {
        Ended ended = program("notice=100ms", "EXIT", "slow").run();
        String name = "'slow (lambda in " + HooksProgram.class.getName() + ")'";
        assertThat(ended.errText())
                .contains("[atexit] still in " + name + " after ")
                .contains("HooksProgram.takeItsTime(HooksProgram.java:")
                .contains("[atexit] exit by System.exit at dev.atexit.process.Ending.perform(")
                .contains(": 1 hook; slowest: " + name + " ");
        assertThat(ended.out()).containsExactly("slow ran");
        assertThat(ended.status()).isEqualTo(3);
    }

    @Test
    void quiet_hookTakesLonger_nothingIsSaid() throws Exception {
        Ended ended = program("notice=100ms,quiet", "EXIT", "slow").run();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.status()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"END_OF_MAIN", "TERM"})
    void deadline_hookHangs_itIsLeftBehindWithItsStackAndTheStatusStays(Ending ending) throws Exception {
        Ended ended = program("deadline=1s,report=" + report(), ending.name(), "hangs", "exits", "quick")
                .run(ending);
        assertThat(ended.status()).as(ended.all()).isEqualTo(ending.status);
        assertThat(ended.out()).containsExactlyInAnyOrder("quick ran", "interrupted");
        assertThat(ended.errText())
                .contains("called System.exit during the exit, which never returns: left behind, at")
                .contains("and ignored its interrupt: left behind, at")
                .contains("HooksProgram.hang(HooksProgram.java:")
                .contains("3 hooks, 2 left behind; slowest: 'hangs (lambda in ");
        RecordedExit exit = read();
        assertThat(exit.deadlineNanos()).hasValue(1_000_000_000L);
        assertThat(exit.clean()).isFalse();
        assertThat(entry(exit, "hangs").outcome()).isEqualTo(Outcome.LEFT_BEHIND);
        assertThat(entry(exit, "hangs").stall().orElseThrow().frames())
                .anyMatch(frame -> frame.contains("HooksProgram.hang("));
        assertThat(entry(exit, "exits").stall().orElseThrow().calledExit()).isTrue();
        assertThat(entry(exit, "quick").outcome()).isEqualTo(Outcome.RAN);
    }

    @Test
    void hook_throws_whoeverWouldHaveTakenItTakesItAndItIsInTheReport() throws Exception {
        Ended ended = program("report=" + report(), "EXIT", "handler", "throws").run();
        assertThat(ended.out()).containsExactly("throws threw a hook's own");
        assertThat(ended.err()).hasSize(2);
        assertThat(ended.err().get(0))
                .isEqualTo("[atexit] hook 'throws (lambda in " + HooksProgram.class.getName()
                        + ")' failed: java.lang.IllegalStateException: a hook's own");
        assertThat(ended.err().get(1)).contains("1 hook, 1 failed");
        Entry entry = entry(read(), "throws");
        assertThat(entry.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entry.error().orElseThrow().type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(ended.status()).isEqualTo(3);
    }

    @Test
    void hook_halts_theProgramEndsAtOnce() throws Exception {
        Ended ended = program("report=" + report(), "EXIT", "hangs", "halts").run();
        assertThat(ended.status()).isEqualTo(4);
        assertThat(report()).doesNotExist();
    }

    @Test
    void lifo_hooksRunOneAfterAnotherTheLastOneFirst() throws Exception {
        Ended ended = program("order=lifo,report=" + report(), "EXIT", "first", "second", "slow", "fourth")
                .run();
        assertThat(ended.out()).containsExactly("fourth ran", "slow ran", "second ran", "first ran");
        List<Entry> entries = read().entries();
        for (int i = 1; i < entries.size(); i++) {
            Entry before = entries.get(i - 1);
            assertThat(entries.get(i).startNanos().orElse(0))
                    .isGreaterThanOrEqualTo(before.startNanos().orElse(0)
                            + before.durationNanos().orElse(0));
        }
    }

    @Test
    void options_areWrong_oneLineForEachAndTheProgramStarts() throws Exception {
        Ended ended = program("deadline=soon,color=red,order=fifo,report=", "EXIT", "quick")
                .run();
        assertThat(ended.err())
                .containsExactly(
                        "[atexit] agent: option deadline is 'soon', but must be a duration such as 25s, 500ms or 2m, or 0"
                                + " for none; it is not used",
                        "[atexit] agent: there is no option 'color', only report, deadline, notice, order, second-signal,"
                                + " sites and quiet; it is not used",
                        "[atexit] agent: option order is 'fifo', but must be together or lifo; it is not used",
                        "[atexit] agent: option report is '', but must be the path of a file; it is not used");
        assertThat(ended.out()).containsExactly("quick ran");
        assertThat(ended.status()).isEqualTo(3);
    }

    @Test
    void report_cannotBeWritten_oneLineAndTheStatusStays() throws Exception {
        Path nowhere = directory.resolve("nowhere").resolve("exit.json");
        Ended ended = program("report=" + nowhere, "EXIT", "quick").run();
        assertThat(ended.err()).hasSize(1);
        assertThat(ended.err().get(0)).startsWith("[atexit] the report could not be written to " + nowhere + ": ");
        assertThat(ended.status()).isEqualTo(3);
    }

    @Test
    void report_isAPage_theHookIsOnIt() throws Exception {
        ChildJvm.Builder program =
                program("deadline=3s,report=" + directory.resolve("exit-%p.html"), "EXIT", "quick", "hangs");
        try (ChildJvm child = program.start()) {
            Ended ended = child.await();
            Path page = directory.resolve("exit-" + child.pid() + ".html");
            assertThat(page).as(ended.all()).exists();
            assertThat(Files.readString(page))
                    .startsWith("<!DOCTYPE html>")
                    .contains("hangs (lambda in ")
                    .contains("HooksProgram.hang(");
            assertThat(ended.status()).isEqualTo(3);
        }
    }

    @Test
    void program_usesTheLibraryItself_bothKeepToTheirOwn() throws Exception {
        Path own = directory.resolve("own.json");
        String name = LibraryProgram.class.getName();
        Ended ended = ChildJvm.running(LibraryProgram.class)
                .classPath(ChildJvm.place(AtExit.class) + File.pathSeparator + ChildJvm.place(LibraryProgram.class))
                .env("ATEXIT_REPORT", own.toString())
                .jvm("-javaagent:" + jar + "=report=" + report())
                .run();
        assertThat(ended.out()).as(ended.all()).containsExactly("second", "first");
        assertThat(ended.err()).as(name).isEmpty();
        assertThat(ReportReader.read(own).entries()).extracting(Entry::name).containsExactly("second", "first");
        assertThat(entry(read(), "atexit-hook").outcome()).isEqualTo(Outcome.RAN);
    }

    @Test
    void hook_waitsForALock_theLockAndItsOwnerAreNamed() throws Exception {
        Ended ended = program("deadline=1s,report=" + report(), "EXIT", "hangs", "waits")
                .run();
        assertThat(entry(read(), "waits")
                        .stall()
                        .orElseThrow()
                        .owner()
                        .orElseThrow()
                        .thread())
                .as(ended.all())
                .isEqualTo("hangs");
        assertThat(ended.errText()).contains("HooksProgram.waitForTheOther(HooksProgram.java:");
    }

    @Test
    void attached_whileTheProgramRuns_hooksOfBeforeAreSeen() throws Exception {
        try (ChildJvm child = ChildJvm.running(HooksProgram.class, "TERM", "slow", "quick")
                .classPath(ChildJvm.place(HooksProgram.class))
                .jvm("-XX:+EnableDynamicAgentLoading")
                .start()) {
            child.awaitLine(Ending.LINE);
            VirtualMachine machine = VirtualMachine.attach(Long.toString(child.pid()));
            machine.loadAgent(jar.toString(), "notice=100ms,report=" + report());
            machine.detach();
            child.signal("TERM");
            Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isEqualTo(143);
            assertThat(ended.out()).containsExactlyInAnyOrder("quick ran", "slow ran");
            assertThat(ended.errText()).contains("[atexit] still in 'slow (lambda in ");
            assertThat(read().entries()).hasSize(2);
        }
    }

    @Test
    void secondSignal_halts_theProgramEndsAtOnceAndTheReportSaysWhatRan() throws Exception {
        // Within the first second it is the same request.
        try (ChildJvm child = program("second-signal=halt,notice=1200ms,report=" + report(), "TERM", "hangs")
                .start()) {
            child.awaitLine(Ending.LINE);
            child.signal("TERM");
            child.awaitLine("the notice", line -> line.startsWith("[atexit] still in 'hangs "));
            child.signal("TERM");
            assertThat(child.await().status()).isEqualTo(143);
        }
        RecordedExit exit = read();
        assertThat(exit.complete()).isFalse();
        assertThat(entry(exit, "hangs").outcome()).isEqualTo(Outcome.RUNNING);
    }

    @Test
    void tooManyAgents_theSecondOneSaysSo() throws Exception {
        Ended ended = program("", "EXIT", "quick").jvm("-javaagent:" + jar).run();
        assertThat(ended.err()).containsExactly("[atexit] agent: it is there already; these options are not used");
        assertThat(ended.out()).containsExactly("quick ran");
    }
}
