package dev.atexit.process.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.Ending;
import dev.atexit.process.logging.MatrixProgram.Way;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the matrix does not show of Logback. */
class LogbackProcessTest {
    private static final String FILE = "<configuration%s><shutdownHook/>"
            + "<appender name='FILE' class='ch.qos.logback.core.FileAppender'><file>first.log</file>"
            + "<encoder><pattern>%%msg%%n</pattern></encoder></appender>"
            + "<root level='INFO'><appender-ref ref='FILE'/></root></configuration>";

    private static final String ASYNC_CONSOLE = "<configuration>"
            + "<appender name='OUT' class='ch.qos.logback.core.ConsoleAppender'>"
            + "<encoder><pattern>%msg%n</pattern></encoder></appender>"
            + "<appender name='ASYNC' class='ch.qos.logback.classic.AsyncAppender'><appender-ref ref='OUT'/></appender>"
            + "<root level='INFO'><appender-ref ref='ASYNC'/></root></configuration>";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"LOGBACK_1_5", "LOGBACK_1_6"})
    void nothingCalled_sameProgram_losesLines(Framework logback) throws Exception {
        // How many is a matter of chance; that none is, in five runs, would mean that these tests show nothing.
        int lost = 0;
        for (Configuration configuration : Configuration.of(logback)) {
            for (int i = 0; i < 5 && lost == 0; i++) {
                Path own = Files.createDirectories(directory.resolve(configuration.name() + i));
                new MatrixCell(logback, configuration, Ending.EXIT)
                        .program(Way.HOOKS, own)
                        .run(Ending.EXIT);
                lost = LoggedLines.in(own).lost().size();
            }
            assertThat(lost).as(configuration.name()).isPositive();
            lost = 0;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOGBACK_1_5", "LOGBACK_1_6"})
    void register_queueCannotDrain_isCutAndTheLinesAreCounted(Framework logback) throws Exception {
        Ended child = program(logback, ASYNC_CONSOLE, "register", "deadline", "handler", "hang-output")
                .run();
        assertThat(child.errText())
                .containsPattern(
                        "\\[atexit\\] Logback: " + LogbackProgram.LINES + " lines could not be written within .* m?s");
        assertThat(child.status()).isZero();
    }

    /** Several threads see the last room in the queue, and a filter that accepts ends the chain of filters. */
    @ParameterizedTest
    @EnumSource(names = {"LOGBACK_1_5", "LOGBACK_1_6"})
    void register_manyThreadsLogToAQueueThatCannotDrain_programEnds(Framework logback) throws Exception {
        String accepting = ASYNC_CONSOLE.replace(
                "<appender-ref ref='OUT'/>",
                "<filter class='ch.qos.logback.classic.filter.LevelFilter'><level>INFO</level>"
                        + "<onMatch>ACCEPT</onMatch><onMismatch>DENY</onMismatch></filter><appender-ref ref='OUT'/>");
        for (String configuration : List.of(ASYNC_CONSOLE, accepting)) {
            Ended child = program(logback, configuration, "register", "deadline", "many-threads", "hang-output")
                    .run();
            assertThat(child.errText()).containsPattern("\\[atexit\\] Logback: \\d+ lines could not be written within");
            assertThat(child.status()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LOGBACK_1_5", "LOGBACK_1_6"})
    void foreignHook_logsWhenAllIsClosed_isShown(Framework logback) throws Exception {
        Ended child = program(logback, FILE.formatted(""), "register", "handler", "log-when-closed")
                .run();
        assertThat(child.err()).containsExactly("[atexit] logged after the log was closed: INFO app.late: too late");
        assertThat(lines("first.log")).hasSize(LogbackProgram.LINES);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOGBACK_1_5", "LOGBACK_1_6"})
    void register_fileIsReadAnewAfterwards_everyLineIsWritten(Framework logback) throws Exception {
        String watched = FILE.formatted(" scan='true' scanPeriod='50 milliseconds'");
        Ended child = program(logback, watched, "register", "configure-anew", "handler")
                .run();
        assertThat(child.err()).isEmpty();
        assertThat(lines(LogbackProgram.SECOND_LOG).stream().filter(line -> line.startsWith("line")))
                .hasSize(LogbackProgram.LINES);
    }

    @Test
    void register_olderLogback_isToldByNameAndNumber() throws Exception {
        Ended child = program(Framework.LOGBACK_1_5, FILE.formatted(""), "register", "handler")
                .classPath(ours() + jars("logback-1.2"))
                .run();
        assertThat(child.errText())
                .contains("[atexit] logging 'Logback' is not closed last: java.lang.IllegalStateException:"
                        + " Logback 1.2.13 is not supported: 1.5 and 1.6 are");
        assertThat(child.status()).isZero();
    }

    @Test
    void register_slf4jIsBoundToSomethingElse_saysToWhat() throws Exception {
        Ended child = program(Framework.LOGBACK_1_5, FILE.formatted(""), "register", "handler")
                .classPath(ours() + jars("logback-1.5") + jars("slf4j-simple"))
                .property("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider")
                .run();
        assertThat(child.errText())
                .contains("[atexit] logging 'Logback' is not closed last: java.lang.IllegalStateException:"
                        + " slf4j logs to org.slf4j.simple.SimpleLoggerFactory and not to Logback");
    }

    @Test
    void register_moduleButNoLogback_saysNothing() throws Exception {
        Ended child = program(Framework.LOGBACK_1_5, FILE.formatted(""), "register", "handler")
                .classPath(ours() + jars("slf4j-simple"))
                .run();
        assertThat(child.errText()).doesNotContain("[atexit]").contains("line 49");
    }

    @ParameterizedTest
    @EnumSource(names = {"LOGBACK_1_5", "LOGBACK_1_6"})
    void register_onTheModulePath_everyLineIsWritten(Framework logback) throws Exception {
        Ended child = program(logback, FILE.formatted(""), "register", "handler")
                .jvm("--module-path", logback.classPathOfProgram().replace(tests() + File.pathSeparator, ""))
                .jvm("--add-modules", "dev.atexit,org.slf4j")
                .classPath(tests())
                .run();
        assertThat(child.err()).isEmpty();
        assertThat(lines("first.log")).hasSize(LogbackProgram.LINES);
    }

    @Test
    void registerNotCalled_module_isNotLoaded() throws Exception {
        Ended child = program(Framework.LOGBACK_1_6, FILE.formatted(""), "handler")
                .jvm("-Xlog:class+load")
                .run();
        assertThat(child.out())
                .anyMatch(line -> line.contains("ch.qos.logback.classic.LoggerContext "))
                .noneMatch(line -> line.contains("dev.atexit.logback.") || line.contains("dev.atexit.logging."));
    }

    private ChildJvm.Builder program(Framework logback, String configuration, String... steps) throws IOException {
        Path file = Files.writeString(directory.resolve("logback.xml"), configuration);
        return ChildJvm.running(LogbackProgram.class, steps)
                .classPath(logback.classPathOfProgram())
                .property("logback.configurationFile", file.toString())
                .in(directory);
    }

    private static String tests() {
        return ChildJvm.place(LogbackProgram.class);
    }

    /** The core, the module and the tests, without a framework. */
    private static String ours() throws IOException {
        String all = Framework.LOGBACK_1_5.classPathOfProgram();
        return all.substring(0, all.indexOf(tests()) + tests().length());
    }

    private static String jars(String framework) throws IOException {
        StringBuilder path = new StringBuilder();
        try (Stream<Path> jars =
                Files.list(Path.of(tests()).resolveSibling("frameworks").resolve(framework))) {
            jars.sorted().forEach(jar -> path.append(File.pathSeparator).append(jar));
        }
        return path.toString();
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file));
    }
}
