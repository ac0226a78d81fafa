package dev.atexit.process.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.Ending;
import dev.atexit.process.logging.MatrixProgram.Way;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A framework for which the program has not added what closes it. */
class UncoveredFrameworkTest {
    @ParameterizedTest
    @CsvSource({
        "LOGBACK_1_5, Logback, dev.atexit:atexit-logback",
        "LOGBACK_1_6, Logback, dev.atexit:atexit-logback",
        "LOG4J2, Log4j2, dev.atexit:atexit-log4j2",
    })
    void register_moduleIsMissing_namesTheArtifactOnce(
            Framework framework, String name, String artifact, @TempDir Path directory) throws Exception {
        Ended child = ChildJvm.running(
                        MatrixProgram.class, framework.name(), Way.ATEXIT.name(), Ending.END_OF_MAIN.name())
                .classPath(framework.classPath(ChildJvm.place(AtExit.class), ChildJvm.place(MatrixProgram.class)))
                .in(directory)
                .run();
        assertThat(child.err())
                .containsOnlyOnce("[atexit] " + name + " is present, but " + artifact
                        + ", which closes it last, is not: lines that exit handlers log may be lost");
        assertThat(child.status()).isZero();
    }
}
