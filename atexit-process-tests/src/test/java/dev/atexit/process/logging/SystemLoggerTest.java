package dev.atexit.process.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.Ending;
import dev.atexit.process.logging.MatrixProgram.Way;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** System.Logger where it writes to a framework is closed with that one. */
class SystemLoggerTest {
    @ParameterizedTest
    @CsvSource({
        "LOGBACK_1_5, async",
        "LOGBACK_1_6, async",
        "LOG4J2, async-appender",
    })
    void register_systemLoggerWritesToAFramework_everyLineIsInTheFile(
            Framework framework, String name, @TempDir Path directory) throws Exception {
        Configuration configuration = Configuration.of(framework).stream()
                .filter(there -> there.name().equals(name))
                .findFirst()
                .orElseThrow();
        Ended child = ChildJvm.running(
                        MatrixProgram.class,
                        Framework.SYSTEM_LOGGER.name(),
                        Way.ATEXIT.name(),
                        Ending.END_OF_MAIN.name())
                .classPath(framework.classPathOfProgramWithSystemLogger())
                .jvm(configuration.options().toArray(new String[0]))
                .in(directory)
                .run();
        assertThat(LoggedLines.in(directory).lost().stream().limit(5))
                .as(child.all())
                .isEmpty();
        assertThat(child.err()).isEmpty();
        assertThat(child.status()).isZero();
    }
}
