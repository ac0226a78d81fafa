package dev.atexit.process.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.spring.BootProgram.End;
import dev.atexit.process.spring.BootProgram.Race;
import dev.atexit.process.spring.BootVersion.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exit handlers of programs of Spring Boot run when the beans are destroyed and before logging stops. */
@Execution(ExecutionMode.CONCURRENT)
class BootTest {
    @TempDir
    private Path directory;

    private static ChildJvm.Builder program(BootVersion version, Kind kind, End end) throws IOException {
        return ChildJvm.running(BootProgram.class, end.name()).classPath(version.classPath(kind));
    }

    private BootRun run(ChildJvm.Builder program, End end) throws Exception {
        return BootRun.of(program, end, directory);
    }

    static List<Arguments> ordinaryEnds() {
        List<Arguments> ends = new ArrayList<>();
        for (BootVersion version : BootVersion.values()) {
            for (End end : List.of(End.MAIN, End.EXIT, End.TERM, End.INT, End.SPRING_EXIT)) {
                ends.add(Arguments.of(version, Kind.PLAIN, end));
            }
            // The server's threads keep the program alive after the end of main.
            for (End end : List.of(End.EXIT, End.TERM, End.INT)) {
                ends.add(Arguments.of(version, Kind.WEB, end));
            }
            for (End end : List.of(End.MAIN, End.TERM)) {
                ends.add(Arguments.of(version, Kind.PLAIN_LOG4J2, end));
            }
        }
        return ends;
    }

    @ParameterizedTest
    @MethodSource("ordinaryEnds")
    void exit_ofAProgram_handlersRunAfterTheBeansAndBeforeLoggingStops(BootVersion version, Kind kind, End end)
            throws Exception {
        BootRun run = run(program(version, kind, end), end);
        run.assertInOrder(end);
        assertThat(run.said()).as(run.all()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void exit_withoutTheModule_handlersRunWhileBeansAreDestroyed(BootVersion version) throws Exception {
        BootRun run = run(
                program(version, Kind.WITHOUT_US, End.EXIT).property("race", Race.BEAN_WAITS_FOR_HANDLERS.name()),
                End.EXIT);
        assertThat(run.ended().out()).as(run.all()).contains("handlers began before the beans were destroyed: true");
    }

    @ParameterizedTest
    @EnumSource
    void exit_withoutTheModule_linesAreLost(BootVersion version) throws Exception {
        BootRun run = run(
                program(version, Kind.WITHOUT_US, End.EXIT).property("race", Race.HANDLERS_WAIT_FOR_BOOT.name()),
                End.EXIT);
        assertThat(run.log()).as(run.all()).noneMatch(line -> line.matches("handler \\d+ line \\d+"));
    }
}
