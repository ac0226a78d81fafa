package dev.atexit.process.logging.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the matrix does not show: contexts, callbacks, what blocks, what is late, and what is refused. */
class Log4j2ProcessTest {
    private static final int ALL = Log4j2Program.HANDLERS * Log4j2Program.LINES;
    private static final String NEWEST = "log4j2";
    private static final String OLDEST = "log4j2-2.17";
    private static final String[] ASYNC = {
        "-Dlog4j2.contextSelector=org.apache.logging.log4j.core.async.AsyncLoggerContextSelector"
    };

    @TempDir
    Path directory;

    @BeforeEach
    void writeConfigurations() throws IOException {
        for (String name : List.of("app", "other")) {
            Files.writeString(directory.resolve(name + ".xml"), """
                    <Configuration status="error">
                      <Appenders>
                        <File name="file" fileName="%s.log" immediateFlush="false"><PatternLayout pattern="%%msg%%n"/></File>
                      </Appenders>
                      <Loggers><Root level="info"><AppenderRef ref="file"/></Root></Loggers>
                    </Configuration>
                    """.formatted(name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register log exit",
                "start register log exit",
                "start log register register exit",
                "start reconfigure register reconfigure log reconfigure exit",
            })
    void register_frameworkStartedBeforeOrAfter_nothingIsLost(String steps) throws Exception {
        Ended child = run(steps);
        assertThat(child.err()).isEmpty();
        assertThat(child.status()).isEqualTo(3);
        assertThat(handlerLines("app.log")).isEqualTo(ALL);
    }

    @Test
    void nothingCalled_sameProgram_losesLines() throws Exception {
        // How many is a matter of chance; that none is, in five runs, would mean that these tests show nothing.
        long written = ALL;
        for (int i = 0; i < 5 && written == ALL; i++) {
            Files.deleteIfExists(directory.resolve("app.log"));
            run("start log-from-hooks exit");
            written = lines("app.log").size() - 1;
        }
        assertThat(written).isLessThan(ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "register other-context exit",
                "start other-context register exit",
                "register hand-made-context exit",
                "start hand-made-context register exit",
            })
    void register_severalContexts_eachIsClosedLast(String steps) throws Exception {
        assertThat(run(steps).err()).isEmpty();
        assertThat(handlerLines("other.log")).isEqualTo(ALL);
    }

    /** The selector does not list this one. */
    @Test
    void register_defaultContext_isClosedLast() throws Exception {
        assertThat(run("register default-context exit").err()).isEmpty();
        assertThat(handlerLines("app.log")).isEqualTo(ALL);
    }

    @Test
    void handler_makesContext_itsLinesAreKept() throws Exception {
        assertThat(run("register other-context-in-handler exit").err()).isEmpty();
        assertThat(lines("other.log")).containsExactly("from a context that a handler made");
    }

    @ParameterizedTest
    @ValueSource(strings = {"register callback log exit", "start callback log register exit"})
    void callback_ofTheProgram_runsAndMayLog(String steps) throws Exception {
        assertThat(run(steps).err()).isEmpty();
        assertThat(handlerLines("app.log")).isEqualTo(ALL);
        assertThat(lines("app.log")).containsOnlyOnce("from a callback");
    }

    @Test
    void asyncAppender_blocksForEver_isCutAndCountedAndTheFileIsFlushed() throws Exception {
        Ended child = run("deadline register block-async-appender log exit");
        assertThat(child.errText()).contains("[atexit] Log4j2: " + ALL + " lines could not be written within");
        assertThat(child.status()).isEqualTo(3);
        assertThat(handlerLines("app.log")).isEqualTo(ALL);
    }

    @Test
    void asyncLogger_blocksForEver_isCutAndCounted() throws Exception {
        Ended child = run(NEWEST, "deadline register block-appender log exit", ASYNC);
        assertThat(child.errText()).contains("[atexit] Log4j2: " + ALL + " lines could not be written within");
        assertThat(child.status()).isEqualTo(3);
    }

    @Test
    void loggers_afterTheClose_showTheirLinesOnStandardError() throws Exception {
        assertLateLines(run("register late log exit"));
    }

    @Test
    void asyncLoggers_afterTheClose_showTheirLinesOnStandardError() throws Exception {
        assertLateLines(run(NEWEST, "register late log exit", ASYNC));
    }

    @Test
    void oldestVersion_nothingIsLost() throws Exception {
        assertLateLines(run(OLDEST, "start register late log exit"));
    }

    private void assertLateLines(Ended child) throws IOException {
        assertThat(handlerLines("app.log")).isEqualTo(ALL);
        String late = "[atexit] logged after the log was closed: ";
        assertThat(child.err())
                .containsExactly(
                        late + "WARN app.late: plain",
                        late + "INFO app.late: with one and 2",
                        late + "ERROR app.late: with an exception",
                        late + "ERROR app.late: an object",
                        late + "INFO app.new: from a new logger");
    }

    @Test
    void registryOfTheProgram_cannotBeStopped_isSaidAndNothingIsLost() throws Exception {
        // The class itself cannot be loaded here.
        String registry = Log4j2Program.class.getName() + "$OwnRegistry";
        Ended child = run(NEWEST, "register log exit", "-Dlog4j2.shutdownCallbackRegistry=" + registry);
        assertThat(child.errText()).contains("atexit cannot stop the ShutdownCallbackRegistry " + registry);
        assertThat(handlerLines("app.log")).isEqualTo(ALL);
    }

    @Test
    void contextFactory_ofSomebodyElse_isSaid() throws Exception {
        assertThat(run("other-factory register exit").errText())
                .contains("[atexit] logging 'Log4j2' is not closed last")
                .contains("OtherFactory, not that of log4j-core");
    }

    @Test
    void register_onTheModulePath_nothingIsLost() throws Exception {
        Ended child = program("start register callback log exit")
                .classPath(ChildJvm.place(Log4j2Program.class))
                .jvm("--module-path", path(NEWEST), "--add-modules", "dev.atexit.log4j2")
                .run();
        assertThat(child.err()).isEmpty();
        assertThat(handlerLines("app.log")).isEqualTo(ALL);
        assertThat(lines("app.log")).contains("from a callback");
    }

    @Test
    void register_frameworkAbsent_nothingIsSaid() throws Exception {
        Ended child = ChildJvm.running("dev.atexit.process.logging.NoJulProgram")
                .classPath(String.join(File.pathSeparator, ours())
                        + File.pathSeparator
                        + ChildJvm.place(Log4j2Program.class))
                .run();
        assertThat(child.status()).isEqualTo(3);
        assertThat(child.errText()).doesNotContain("[atexit]");
    }

    @Test
    void register_notCalled_loadsNoneOfTheModule() throws Exception {
        Ended child = run(NEWEST, "start log exit", "-Xlog:class+load:stdout");
        assertThat(child.status()).isEqualTo(3);
        assertThat(String.join("\n", child.out()))
                .contains("org.apache.logging.log4j.core.LoggerContext ")
                .doesNotContain("dev.atexit.log4j2.");
    }

    private Ended run(String steps) throws Exception {
        return run(NEWEST, steps);
    }

    private Ended run(String framework, String steps, String... options) throws Exception {
        return program(steps)
                .classPath(path(framework) + File.pathSeparator + ChildJvm.place(Log4j2Program.class))
                .jvm(options)
                .run();
    }

    private ChildJvm.Builder program(String steps) {
        return ChildJvm.running(Log4j2Program.class, steps.split(" "))
                .property(
                        "log4j2.configurationFile", directory.resolve("app.xml").toString())
                .in(directory);
    }

    private static String path(String framework) throws IOException {
        List<String> path = new ArrayList<>(ours());
        Path jars = Path.of(ChildJvm.place(Log4j2Program.class))
                .resolveSibling("frameworks")
                .resolve(framework);
        try (Stream<Path> files = Files.list(jars)) {
            files.map(Path::toString).sorted().forEach(path::add);
        }
        return String.join(File.pathSeparator, path);
    }

    private static List<String> ours() {
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (place.contains(File.separator + "atexit-log4j2")) {
                return List.of(ChildJvm.place(AtExit.class), place);
            }
        }
        throw new IllegalStateException("atexit-log4j2 is not on the class path");
    }

    private long handlerLines(String file) throws IOException {
        return lines(file).stream()
                .filter(line -> line.startsWith("handler "))
                .distinct()
                .count();
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(directory.resolve(file), StandardCharsets.UTF_8);
    }
}
