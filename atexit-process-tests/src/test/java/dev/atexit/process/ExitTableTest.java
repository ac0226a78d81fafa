package dev.atexit.process;

import static dev.atexit.process.Ending.END_OF_MAIN;
import static dev.atexit.process.Ending.EXIT;
import static dev.atexit.process.Ending.EXIT_IN_THREAD;
import static dev.atexit.process.Ending.EXIT_IN_VIRTUAL_THREAD;
import static dev.atexit.process.Ending.HUP;
import static dev.atexit.process.Ending.INT;
import static dev.atexit.process.Ending.TERM;
import static dev.atexit.process.Ending.UNCAUGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.ExitProgram.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table: scenario × way of ending, each in a real JVM; status, order, what stands on standard error, and bounds. */
@Execution(ExecutionMode.CONCURRENT)
class ExitTableTest {
    /** A machine that is busy with other things must not fail a test; a hang is far longer. */
    private static final double SLACK_S = 20;

    /** One line of the table. */
    private record Row(
            Scenario scenario,
            Ending ending,
            List<String> out,
            List<String> err,
            List<String> orErr,
            double atMostSeconds,
            String... jvm) {
        @Override
        public String toString() {
            return scenario + ", " + ending;
        }
    }

    /** The rows of one scenario. */
    private static final class Rows {
        private final Scenario scenario;
        private final List<Ending> endings;
        private List<String> out = List.of();
        private List<String> err = List.of();
        private List<String> orErr = List.of();
        private double atMostSeconds = SLACK_S;
        private String[] jvm = {};

        Rows(Scenario scenario, Ending... endings) {
            this.scenario = scenario;
            this.endings = List.of(endings);
        }

        Rows out(String... lines) {
            out = List.of(lines);
            return this;
        }

        /** The lines of ours on standard error: how each begins, in this order, and no others. */
        Rows err(String... beginnings) {
            err = List.of(beginnings);
            orErr = err;
            return this;
        }

        /** What may stand there instead on a machine so busy that an interrupt takes more than 100 ms to be seen. */
        Rows orErr(String... beginnings) {
            orErr = List.of(beginnings);
            return this;
        }

        Rows atMost(double seconds) {
            atMostSeconds = seconds;
            return this;
        }

        Rows jvm(String... options) {
            jvm = options;
            return this;
        }

        Stream<Row> stream() {
            return endings.stream().map(ending -> new Row(scenario, ending, out, err, orErr, atMostSeconds, jvm));
        }
    }

    static Stream<Row> table() {
        return Stream.of(
                        new Rows(Scenario.IN_ORDER, Ending.values()).out("third", "second", "first"),
                        new Rows(Scenario.THROWS, END_OF_MAIN, UNCAUGHT, EXIT, EXIT_IN_THREAD, TERM)
                                .out("last", "first")
                                .err(
                                        "[atexit] handler 'memory' failed: java.lang.OutOfMemoryError",
                                        "[atexit] handler 'overflow' failed: java.lang.StackOverflowError",
                                        "[atexit] handler 'death' failed: java.lang.ThreadDeath",
                                        "[atexit] handler 'error' failed: java.lang.AssertionError: no",
                                        "[atexit] handler 'exception' failed: java.io.IOException: disk on fire"),
                        new Rows(Scenario.FILLS_THE_HEAP, END_OF_MAIN, EXIT, TERM)
                                .out("last", "first")
                                .err("[atexit] handler 'memory' failed: java.lang.OutOfMemoryError")
                                .jvm("-Xmx32m"),
                        new Rows(Scenario.FILLS_THE_HEAP_SILENTLY, END_OF_MAIN, EXIT, TERM)
                                .out("last", "first")
                                .jvm("-Xmx32m"),
                        new Rows(Scenario.HANGS_WITH_TIMEOUT, END_OF_MAIN, UNCAUGHT, EXIT, EXIT_IN_VIRTUAL_THREAD, HUP)
                                .out("last", "first")
                                .err(
                                        "[atexit] handler 'hangs' failed: java.lang.InterruptedException",
                                        "[atexit] 'hangs' timed out after ")
                                .orErr("[atexit] 'hangs' did not end within "),
                        new Rows(Scenario.IGNORES_INTERRUPT, END_OF_MAIN, EXIT, INT)
                                .out("last", "first")
                                .err("[atexit] 'stubborn' did not end within "),
                        new Rows(Scenario.HANGS_WITH_DEADLINE, END_OF_MAIN, TERM)
                                .out(behind())
                                .err(
                                        "[atexit] 'hangs 1' did not end within ",
                                        "[atexit] 'hangs 2' did not end within ",
                                        "[atexit] 'hangs 3' did not end within ")
                                .atMost(10),
                        new Rows(Scenario.REGISTERS_ANOTHER, END_OF_MAIN, EXIT, EXIT_IN_VIRTUAL_THREAD, TERM)
                                .out("third", "second", "second's other", "grandchild", "second's own", "first"),
                        new Rows(
                                        Scenario.EXITS_INSIDE,
                                        END_OF_MAIN,
                                        UNCAUGHT,
                                        EXIT,
                                        EXIT_IN_THREAD,
                                        EXIT_IN_VIRTUAL_THREAD,
                                        TERM)
                                .out("third", "second", "first")
                                .err(
                                        "[atexit] 'exits too' called System.exit during the exit",
                                        "[atexit] 'exits' called System.exit during the exit"),
                        new Rows(Scenario.HELPER_EXITS, END_OF_MAIN, UNCAUGHT, EXIT, TERM)
                                .out("second", "first")
                                .err(
                                        "[atexit] handler 'waits for one that exits' failed: java.lang.Interrupted",
                                        "[atexit] 'waits for one that exits' timed out after ")
                                .orErr("[atexit] 'waits for one that exits' did not end within "),
                        new Rows(Scenario.REMOVES_INSIDE, END_OF_MAIN, EXIT, TERM)
                                .out(
                                        "last",
                                        "removes: true, itself: false, again: false",
                                        "clears",
                                        "registered after the clear"),
                        new Rows(Scenario.RUNS_ALL_BY_HAND, END_OF_MAIN, EXIT)
                                .out("second", "first", "by hand: 0", "third"),
                        new Rows(Scenario.RUNS_ALL_INSIDE, END_OF_MAIN, TERM)
                                .out("last", "runs the others", "first", "has run the others", "registered after that"))
                .flatMap(Rows::stream);
    }

    private static String[] behind() {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            lines.add("behind " + i);
        }
        return lines.toArray(new String[0]);
    }

    @ParameterizedTest
    @MethodSource("table")
    void handlers_inEachWayOfEnding_doAsTheTableSays(Row row) throws Exception {
        assumeTrue(row.ending.isPossible(), "virtual threads came with JDK 21");

        Ended child = ChildJvm.running(ExitProgram.class, row.scenario.name(), row.ending.name())
                .jvm(row.jvm)
                .run(row.ending);

        assertThat(child.status()).as("status of %s", child.all()).isEqualTo(row.ending.status);
        if (!row.ending.runsHandlers()) {
            assertThat(child.out()).as(child.all()).isEmpty();
            return;
        }
        assertThat(child.out()).as(child.all()).containsExactlyElementsOf(row.out);
        List<String> ours =
                child.err().stream().filter(line -> line.startsWith("[atexit]")).toList();
        List<String> expected = ours.size() == row.err.size() ? row.err : row.orErr;
        assertThat(ours).as(child.all()).hasSameSizeAs(expected);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(ours.get(i)).as(child.all()).startsWith(expected.get(i));
        }
        if (row.err.isEmpty() && row.ending != UNCAUGHT) {
            assertThat(child.err()).as(child.all()).isEmpty();
        }
        assertThat(child.elapsedSeconds()).as("seconds of %s", child.all()).isLessThan(row.atMostSeconds);
    }
}
