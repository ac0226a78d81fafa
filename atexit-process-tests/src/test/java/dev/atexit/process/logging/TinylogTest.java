package dev.atexit.process.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.Ending;
import dev.atexit.process.logging.MatrixProgram.Way;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tinylog has no module of ours: what it needs besides the one line, and what becomes of a queue that is stuck. */
class TinylogTest {
    @TempDir
    Path directory;

    @Test
    void register_tinylogHasStartedWithItsHook_saysWhatToSet() throws Exception {
        Ended child = run(Way.ATEXIT_LATER, "writer = file\nwriter.file = app.log\n");
        assertThat(child.err())
                .first()
                .asString()
                .startsWith("[atexit] logging 'tinylog' is not closed last:")
                .contains("set autoshutdown=false in tinylog.properties, or call LoggingShutdown.register() before");
        assertThat(child.errText()).containsOnlyOnce("[atexit]");
        assertThat(child.status()).isZero();
    }

    @Test
    void register_tinylogHasStartedWithoutItsHook_everyLineIsInTheFile() throws Exception {
        Ended child = run(
                Way.ATEXIT_LATER,
                "autoshutdown = false\nwritingthread = true\nwriter = file\nwriter.file = app.log\nwriter.buffered = true\n");
        assertThat(child.err()).isEmpty();
        assertThat(LoggedLines.in(directory).lost()).isEmpty();
    }

    @Test
    void close_queueCannotDrain_isCutAtTheBound() throws Exception {
        Path source = Files.writeString(directory.resolve("StuckWriter.java"), """
                package stuck;

                public class StuckWriter implements org.tinylog.writers.Writer {
                    public StuckWriter(java.util.Map<String, String> properties) {}

                    public java.util.Collection<org.tinylog.core.LogEntryValue> getRequiredLogEntryValues() {
                        return java.util.EnumSet.of(org.tinylog.core.LogEntryValue.MESSAGE);
                    }

                    public void write(org.tinylog.core.LogEntry entry) throws Exception {
                        if (!entry.getMessage().equals("start")) {
                            Thread.sleep(Long.MAX_VALUE);
                        }
                    }

                    public void flush() {}

                    public void close() {}
                }
                """);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-d",
                        directory.toString(),
                        "-cp",
                        Framework.TINYLOG.classPath(),
                        source.toString());
        assertThat(compiled).isZero();
        Files.writeString(
                directory.resolve("tinylog.properties"), "writingthread = true\nwriter = stuck.StuckWriter\n");
        Ended child = program(Way.ATEXIT)
                .classPath(directory + File.pathSeparator + Framework.TINYLOG.classPathOfProgram())
                .property("atexit.deadline", "2s")
                .run();
        assertThat(child.errText())
                .contains("[atexit] logging 'tinylog' failed: java.util.concurrent.TimeoutException:"
                        + " tinylog could not write all its lines within");
        assertThat(child.status()).isZero();
    }

    private Ended run(Way way, String configuration) throws Exception {
        Files.writeString(directory.resolve("tinylog.properties"), configuration + "writer.format = {message}\n");
        return program(way).run();
    }

    private ChildJvm.Builder program(Way way) throws Exception {
        return ChildJvm.running(MatrixProgram.class, "TINYLOG", way.name(), Ending.END_OF_MAIN.name())
                .classPath(Framework.TINYLOG.classPathOfProgram())
                .property("tinylog.configuration", "tinylog.properties")
                .in(directory);
    }
}
