package dev.atexit.process.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.Ending;
import dev.atexit.process.logging.MatrixProgram.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every framework, in every configuration, at every end: no line of an exit handler is lost. */
@Execution(ExecutionMode.CONCURRENT)
class LoggingMatrixTest {
    static List<MatrixCell> cells() throws IOException {
        return MatrixCell.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void register_programEnds_everyLineOfHandlersIsInTheFile(MatrixCell cell, @TempDir Path directory)
            throws Exception {
        assertAllLines(cell, Way.ATEXIT, directory);
    }

    static List<MatrixCell> cellsOfOneEnding() throws IOException {
        return MatrixCell.all().stream()
                .filter(cell -> cell.ending() == Ending.END_OF_MAIN)
                // What it needs for this is seen in a test of its own.
                .filter(cell -> cell.framework() != Framework.TINYLOG)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cellsOfOneEnding")
    void register_frameworkHasStarted_everyLineOfHandlersIsInTheFile(MatrixCell cell, @TempDir Path directory)
            throws Exception {
        assertAllLines(cell, Way.ATEXIT_LATER, directory);
    }

    private static void assertAllLines(MatrixCell cell, Way way, Path directory) throws Exception {
        Ended child = cell.program(way, directory).run(cell.ending());
        LoggedLines lines = LoggedLines.in(directory);
        assertThat(lines.lost().stream().limit(5)).as("lost" + child.all()).isEmpty();
        assertThat(lines.repeated().stream().limit(5))
                .as("written twice" + child.all())
                .isEmpty();
        assertThat(lines.size()).isEqualTo(LoggedLines.ALL);
        assertThat(child.err()).isEmpty();
        assertThat(child.status()).as(child.all()).isEqualTo(cell.ending().status);
    }
}
