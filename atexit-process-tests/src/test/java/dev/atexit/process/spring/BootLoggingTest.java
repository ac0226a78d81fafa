package dev.atexit.process.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.spring.BootProgram.End;
import dev.atexit.process.spring.BootVersion.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Inside Spring Boot, {@code LoggingShutdown.register()} and the stop of logging by Spring Boot do not fight. */
@Execution(ExecutionMode.CONCURRENT)
class BootLoggingTest {
    @TempDir
    private Path directory;

    private BootRun run(BootVersion version, Kind kind, End end, String configuration) throws Exception {
        ChildJvm.Builder program = ChildJvm.running(BootProgram.class, end.name())
                .classPath(version.classPath(kind))
                .property("close.last", "true");
        if (!configuration.isEmpty()) {
            program.property("logging.config", "classpath:dev/atexit/process/spring/" + configuration);
        }
        return BootRun.of(program, end, directory);
    }

    @ParameterizedTest
    @CsvSource({
        "BOOT_3_5, CLOSED_LOGBACK, TERM",
        "BOOT_4_0, CLOSED_LOGBACK, MAIN",
        "BOOT_3_5, CLOSED_LOG4J2, MAIN",
        "BOOT_4_0, CLOSED_LOG4J2, TERM"
    })
    void exit_loggingIsClosedLast_everyLineIsKept(BootVersion version, Kind kind, End end) throws Exception {
        BootRun run = run(version, kind, end, "");
        run.assertInOrder(end);
        assertThat(run.said()).as(run.all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void exit_queueOfLogbackIsClosedLast_everyLineIsKept(BootVersion version) throws Exception {
        BootRun run = run(version, Kind.CLOSED_LOGBACK, End.EXIT, "logback-async.xml");
        run.assertInOrder(End.EXIT);
        assertThat(run.said()).as(run.all()).isEmpty();
    }
}
