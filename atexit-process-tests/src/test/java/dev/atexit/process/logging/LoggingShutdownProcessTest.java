package dev.atexit.process.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingShutdownProcessTest {
    private static final int ALL = LoggingProgram.HANDLERS * LoggingProgram.LINES + LoggingProgram.LINES;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "main, '', 0",
        "exit, '', 3",
        "wait, TERM, 143",
        "wait, INT, 130",
    })
    void register_programEnds_everyLineOfHandlersIsInTheFile(String ending, String signal, int status)
            throws Exception {
        Ended child = run(signal, "register", "wipe", "configure", "log-jul", ending);
        assertAllLines(child, status);
    }

    @ParameterizedTest
    @CsvSource({
        "main, '', 0",
        "exit, '', 3",
        "wait, TERM, 143",
        "wait, INT, 130",
    })
    void register_systemLogger_everyLineOfHandlersIsInTheFile(String ending, String signal, int status)
            throws Exception {
        Ended child = run(signal, "configure", "register", "log-system", ending);
        assertAllLines(child, status);
    }

    @ParameterizedTest
    @CsvSource({
        "main, '', 0",
        "exit, '', 3",
        "wait, TERM, 143",
        "wait, INT, 130",
    })
    void fileLogger_nothingElseCalled_everyLineOfHandlersIsInTheFile(String ending, String signal, int status)
            throws Exception {
        Ended child = run(signal, "file-logger", ending);
        assertThat(child.errText()).isEmpty();
        assertThat(child.status()).isEqualTo(status);
        assertThat(lines("root.log")).hasSize(ALL + 1).first().asString().endsWith("Z FINE app: start");
    }

    @Test
    void nothingCalled_sameProgram_losesLines() throws Exception {
        // How many is a matter of chance; that none is, in five runs, would mean that these tests show nothing.
        int lost = 0;
        for (int i = 0; i < 5 && lost == 0; i++) {
            Files.deleteIfExists(directory.resolve("root.log"));
            run("", "configure", "log-jul", "main");
            lost = ALL + 1 - lines("root.log").size();
        }
        assertThat(lost).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register many-loggers scattered-loggers configure",
                "many-loggers scattered-loggers register configure",
                "scattered-loggers configure register many-loggers",
            })
    void register_thousandsOfLoggersAndOwnFiles_nothingIsLost(String order) throws Exception {
        List<String> steps = new ArrayList<>(List.of(order.split(" ")));
        steps.add("log-jul");
        steps.add("main");
        Ended child = run("", steps.toArray(new String[0]));
        assertAllLines(child, 0);
        for (int i = 0; i < LoggingProgram.SCATTERED; i++) {
            assertThat(lines("scattered" + i + ".log")).containsExactly("scattered");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wipe", "reset", "read-configuration", "update-configuration"})
    void register_programConfiguresLoggingAnewAfterwards_nothingIsLost(String anew) throws Exception {
        Ended child = run("", "register", anew, anew, "configure", "log-jul", "main");
        assertAllLines(child, 0);
    }

    @Test
    void register_programTakesHandlersOffUntilNoneIsLeft_isTold() throws Exception {
        Ended child = run("", "register", "wipe-until-empty", "main");
        assertThat(child.errText())
                .contains("[atexit] the handlers of the root logger were taken off until none came back");
        assertThat(child.status()).isZero();
    }

    @Test
    void register_calledAgainAfterHandlersWereTakenOff_nothingIsLost() throws Exception {
        Ended child = run("", "register", "wipe-until-empty", "register", "configure", "register", "log-jul", "main");
        assertThat(child.status()).isZero();
        assertThat(lines("root.log")).hasSize(ALL + 1);
    }

    @Test
    void handler_resetsLogging_programEnds() throws Exception {
        Ended child = run("", "register", "configure", "reset-in-handler", "log-jul", "exit");
        assertThat(child.status()).isEqualTo(3);
        assertThat(lines("root.log")).hasSize(ALL + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register register-second-copy register configure",
                "register-second-copy configure register register-second-copy",
                "register-second-copy wipe configure",
            })
    void register_twoCopiesOfTheLibrary_nothingIsLost(String order) throws Exception {
        List<String> steps = new ArrayList<>(List.of(order.split(" ")));
        steps.add("log-jul");
        steps.add("main");
        assertAllLines(run("", steps.toArray(new String[0])), 0);
    }

    @Test
    void handler_registers_programEnds() throws Exception {
        Ended child = run("", "configure", "register-in-handler", "register-in-handler", "exit");
        assertThat(child.errText()).doesNotContain("[atexit]");
        assertThat(child.status()).isEqualTo(3);
    }

    @Test
    void handler_takesLong_hookOfTheFrameworkWaits() throws Exception {
        Ended child = run("", "register", "configure", "log-jul", "slow-handler", "main");
        assertAllLines(child, 0);
    }

    @Test
    void logHandlers_oneHangsWhenClosed_othersAreClosedAndThatOneIsNamed() throws Exception {
        Ended child = run("", "deadline", "register", "configure", "hang-on-close", "log-jul", "main");
        assertThat(child.status()).isZero();
        assertThat(child.errText())
                .containsPattern(
                        "\\[atexit] logging 'java.util.logging' failed: .* 1 of [34] log handlers could not be closed"
                                + " within .*: the dev.atexit.process.logging.LoggingProgram.* of logger 'hanging' hangs")
                .contains("LoggingProgram.hang(");
        assertThat(lines("root.log")).hasSize(ALL + 1);
        // What the JDK removes when the file is closed: one that hangs does not keep others from that.
        assertThat(directory.resolve("root.log.lck")).doesNotExist();
    }

    @Test
    void foreignHook_logsWhenAllIsClosed_isShown() throws Exception {
        Ended child = run("", "register", "configure", "log-when-closed", "log-jul", "main");
        assertThat(child.errText()).contains("[atexit] logged after the log was closed: INFO app.late: too late");
        assertThat(lines("root.log")).hasSize(ALL + 1);
    }

    @Test
    void foreignHook_logsToClosedFileOfOneLogger_isShown() throws Exception {
        Ended child = run("", "file-logger", "log-to-app-when-closed", "main");
        assertThat(child.errText()).contains("[atexit] logged after the log was closed: INFO app: too late");
        assertThat(lines("root.log")).hasSize(ALL + 1);
    }

    @Test
    void register_withoutModuleJavaLogging_doesNothing() throws Exception {
        Ended child = ChildJvm.running(NoJulProgram.class)
                .jvm("--limit-modules", "java.base,jdk.unsupported")
                .run();
        assertThat(child.status()).isEqualTo(3);
        assertThat(child.errText()).contains("from a handler").doesNotContain("[atexit]");
    }

    /** Runs the program to its end; with a signal, sends that when the program waits for it. */
    private Ended run(String signal, String... steps) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(directory.toString()));
        arguments.addAll(List.of(steps));
        try (ChildJvm child = ChildJvm.running(LoggingProgram.class, arguments.toArray(new String[0]))
                .property("java.util.logging.SimpleFormatter.format", "%5$s%n")
                .start()) {
            if (!signal.isEmpty()) {
                child.awaitLine("ready");
                child.signal(signal);
            }
            return child.await();
        }
    }

    private void assertAllLines(Ended child, int status) throws IOException {
        assertThat(child.errText()).doesNotContain("[atexit]");
        assertThat(child.status()).isEqualTo(status);
        List<String> lines = lines("root.log");
        for (int i = 0; i < LoggingProgram.HANDLERS; i++) {
            for (int j = 0; j < LoggingProgram.LINES; j++) {
                assertThat(lines).contains("handler " + i + " line " + j);
            }
        }
        assertThat(lines).hasSize(ALL + 1).contains("thread line " + (LoggingProgram.LINES - 1));
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file), StandardCharsets.UTF_8);
    }
}
