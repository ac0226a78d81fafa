package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.ExitProgram.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real programs show of the exit sequence beside the table: who comes too late, in which thread, in which words. */
@Execution(ExecutionMode.CONCURRENT)
class ExitSequenceTest {
    private static final String[] AS_NOBODY = {
        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "prlimit", "--nproc=120:120"
    };

    private static ChildJvm.Builder child(String program, String... more) {
        List<String> arguments = new ArrayList<>(List.of(program));
        arguments.addAll(List.of(more));
        return ChildJvm.running(SequenceProgram.class, arguments.toArray(new String[0]));
    }

    // ---- too late

    @Test
    void register_whenAllHandlersHaveRun_isRefusedAndStoresNothing() throws Exception {
        Ended child = child("registersWhenAllIsOver").run();
        assertThat(child.status()).isZero();
        assertThat(child.out())
                .as(child.all())
                .containsExactly(
                        "only one",
                        "refused: too late to register: the exit handlers of this program have already run; pending 0");
        assertThat(child.err()).as(child.all()).isEmpty();
    }

    @Test
    void register_firstInForeignHook_isRefusedAndStoresNothing() throws Exception {
        Ended child = child("registersFirstInForeignHook").run();
        assertThat(child.out())
                .as(child.all())
                .containsExactly("refused: too late to register: the JVM is shutting down and no exit handler was there"
                        + " before; pending 0");
    }

    @ParameterizedTest
    @EnumSource(
            value = Ending.class,
            names = {"END_OF_MAIN", "EXIT", "TERM"})
    void register_from64ThreadsWhileTheExitBegins_eachRunsOnceOrIsRefused(Ending ending) throws Exception {
        Ended child = child("crowd", ending.name()).run(ending);
        assertThat(child.status()).isEqualTo(ending.status);
        Map<String, Integer> runs = new HashMap<>();
        Map<String, Integer> expected = new HashMap<>();
        int threads = 0;
        for (String line : child.out()) {
            String[] words = line.split(" ");
            if (words[0].equals("ran")) {
                runs.merge(words[1], 1, Integer::sum);
            } else {
                assertThat(line).startsWith("thread ");
                threads++;
                for (int i = 0; i < Integer.parseInt(words[3]); i++) {
                    expected.put(words[1] + "." + i, 1);
                }
            }
        }
        assertThat(threads).isEqualTo(64);
        assertThat(runs).isEqualTo(expected);
        assertThat(child.err()).isEmpty();
    }

    // ---- the status

    @RepeatedTest(20)
    void status_handlersCallSystemExitAfterTheEndOfMain_staysZero() throws Exception {
        Ended child = ChildJvm.running(ExitProgram.class, Scenario.EXITS_INSIDE.name(), Ending.END_OF_MAIN.name())
                .run();
        assertThat(child.status()).as(child.all()).isZero();
        assertThat(child.out()).as(child.all()).containsExactly("third", "second", "first");
    }

    @Test
    void systemExit_calledWhenAnObjectIsUnreachable_exitDoesNotWaitForTheCaller() throws Exception {
        Ended child = child("exitsWhenUnreachable").run();
        assertThat(child.status()).as(child.all()).isEqualTo(5);
        assertThat(child.out()).as(child.all()).containsExactly("handler");
        assertThat(child.err()).as(child.all()).isEmpty();
        // It would wait for ten.
        assertThat(child.elapsedSeconds()).isLessThan(9);
    }

    // ---- depth

    @ParameterizedTest
    @ValueSource(strings = {"tenThousand", "tenThousandEachByTheOneBefore"})
    void tenThousandHandlers_smallStack_run(String program) throws Exception {
        Ended child = child(program).jvm("-Xss256k").run();
        assertThat(child.status()).isZero();
        assertThat(child.out()).as(child.all()).containsExactly("ran 10000");
        assertThat(child.err()).as(child.all()).isEmpty();
    }

    // ---- the thread

    @Test
    void handler_registeredByThreadOfDestroyedGroup_runsAndInheritsNothing() throws Exception {
        Ended child = child("inheritsNothing").run();
        assertThat(child.status()).isZero();
        assertThat(child.out())
                .as(child.all())
                .containsExactly("local null", "group above null", "loader of the system true");
        assertThat(child.err()).as(child.all()).isEmpty();
    }

    @Test
    void handlers_withOneThreadLeft_runOnTheHook() throws Exception {
        assumeTrue(canLimitThreads(), "needs root, setpriv and prlimit, and classes that everybody may read");
        Ended child = child("fewThreadsAreLeft")
                .startedBy(AS_NOBODY)
                .jvm("-Xlog:disable", "-Xint", "-Xss512k", "-XX:-UseDynamicNumberOfCompilerThreads")
                .run();
        assertThat(child.status()).as(child.all()).isZero();
        assertThat(child.out())
                .as(child.all())
                .containsExactly("one thread is left", "with a timeout", "second on atexit-hook", "first");
    }

    private static boolean canLimitThreads() throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(AS_NOBODY));
        command.addAll(List.of(
                "sh",
                "-c",
                "test -r \"$0\" && test -r \"$1\" && test \"$(id -u)\" = 65534",
                ChildJvm.place(AtExit.class) + "/dev/atexit/AtExit.class",
                ChildJvm.place(ExitSequenceTest.class) + "/dev/atexit/process/SequenceProgram.class"));
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }

    // ---- words

    @Test
    void output_underAnyLocale_isTheSameAndControlCharactersAreEscaped() throws Exception {
        List<String> plain = outputUnder("en", "US");
        assertThat(plain)
                .contains("[atexit] handler 'I\u0131\u0130i\\u001b[31m\\n\\u202e' failed: java.io.IOException:"
                        + " line\\none \\u0007 I\u0131");
        assertThat(plain).anyMatch(line -> line.startsWith("[atexit] 'HANGS i\\r' "));
        assertThat(outputUnder("tr", "TR")).isEqualTo(plain);
        assertThat(outputUnder("ar", "SA")).isEqualTo(plain);
    }

    /** With the digits 0 to 9 left out, since durations differ; other digits would stand out. */
    private static List<String> outputUnder(String language, String country) throws Exception {
        Ended child = child("namesWithControlCharacters")
                .property("user.language", language)
                .property("user.country", country)
                .property("user.language.format", language)
                .property("user.country.format", country)
                .property("atexit.deadline", "bad")
                .property("atexit.second.signal", "ignore")
                .run();
        return child.err().stream()
                .filter(line -> !line.startsWith("\tat ") && !line.contains("InterruptedException"))
                .map(line -> line.startsWith("[atexit] 'HANGS") ? line.replaceAll("[0-9]+", "") : line)
                .map(line -> line.replaceAll(" (timed out after|did not end within) .*", " was cut off"))
                .toList();
    }
}
