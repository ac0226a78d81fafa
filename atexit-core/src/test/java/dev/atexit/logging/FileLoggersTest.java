package dev.atexit.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.atexit.AtExit;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLoggersTest {
    private static final String NAME = "atexit.test.file";

    @TempDir
    Path directory;

    private LoggingScope scope;
    private Path file;

    @BeforeEach
    void begin() {
        scope = new LoggingScope();
        file = directory.resolve("app.log");
        // The console of the build has no need of it.
        Logger.getLogger("atexit.test").setUseParentHandlers(false);
    }

    @AfterEach
    void end() throws IOException {
        scope.exit();
        scope.close();
    }

    @Test
    void open_exitHandlerLogs_lineIsInTheFile() throws Exception {
        Logger log = FileLoggers.open(file, NAME, Level.INFO);
        AtExit.register(() -> log.info("bye"));
        scope.exit();
        assertThat(messages(file)).containsExactly("INFO " + NAME + ": bye");
        assertThat(log.getHandlers()).isEmpty();
    }

    @Test
    void log_returned_lineIsAlreadyInTheFile() throws Exception {
        FileLoggers.open(file, NAME, Level.INFO).info("now");
        assertThat(messages(file)).containsExactly("INFO " + NAME + ": now");
    }

    @Test
    void open_fileHasLines_appends() throws Exception {
        Files.writeString(file, "2026-01-01T00:00:00.000Z before\n");
        FileLoggers.open(file, NAME, Level.INFO).info("after");
        assertThat(messages(file)).containsExactly("before", "INFO " + NAME + ": after");
    }

    @Test
    void open_twice_writesEachLineOnceAndSetsTheLevel() throws Exception {
        Logger first = FileLoggers.open(file, NAME, Level.INFO);
        Logger second = FileLoggers.open(directory.resolve("./x/../app.log").normalize(), NAME, Level.FINE);
        assertThat(second).isSameAs(first);
        first.fine("once");
        assertThat(messages(file)).containsExactly("FINE " + NAME + ": once");
    }

    @Test
    void open_throughALink_isTheSameFile() throws Exception {
        Logger log = FileLoggers.open(file, NAME, Level.INFO);
        Path link = Files.createSymbolicLink(directory.resolve("link.log"), file);
        FileLoggers.open(link, NAME, Level.INFO);
        log.info("once");
        assertThat(messages(file)).containsExactly("INFO " + NAME + ": once");
    }

    @Test
    void open_anotherFile_linesGoToBoth() throws Exception {
        FileLoggers.open(file, NAME, Level.INFO);
        Path other = directory.resolve("other.log");
        FileLoggers.open(other, NAME, Level.INFO).info("both");
        assertThat(messages(file)).containsExactly("INFO " + NAME + ": both");
        assertThat(messages(other)).containsExactly("INFO " + NAME + ": both");
    }

    @Test
    void open_anotherName_twoLoggersShareTheFile() throws Exception {
        FileLoggers.open(file, NAME, Level.INFO).info("one");
        FileLoggers.open(file, NAME + "2", Level.INFO).info("two");
        assertThat(messages(file)).containsExactly("INFO " + NAME + ": one", "INFO " + NAME + "2: two");
    }

    @Test
    void open_cannotBeWritten_throwsAndChangesNothing() throws Exception {
        Files.writeString(file, "not a directory");
        Path below = file.resolve("app.log");
        Level before = Logger.getLogger(NAME).getLevel();
        assertThatThrownBy(() -> FileLoggers.open(below, NAME, Level.SEVERE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        assertThatThrownBy(() -> FileLoggers.open(directory, NAME, Level.SEVERE))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory.toString());
        assertThat(Logger.getLogger(NAME).getHandlers()).isEmpty();
        assertThat(Logger.getLogger(NAME).getLevel()).isEqualTo(before);
    }

    @Test
    void open_badArguments_namesThem() throws Exception {
        assertThatThrownBy(() -> FileLoggers.open(null, NAME, Level.INFO)).hasMessage("path");
        assertThatThrownBy(() -> FileLoggers.open(file, null, Level.INFO)).hasMessage("name");
        assertThatThrownBy(() -> FileLoggers.open(file, NAME, null)).hasMessage("level");
        assertThatThrownBy(() -> FileLoggers.open(file, NAME, Level.INFO, null)).hasMessage("options");
        assertThatThrownBy(() -> FileLoggers.open(file, NAME, Level.INFO, o -> o.rotate(1023, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxBytes must be at least 1024, but is 1023");
        for (int files : new int[] {0, 1001}) {
            assertThatThrownBy(() -> FileLoggers.open(file, NAME, Level.INFO, o -> o.rotate(2048, files)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("oldFiles must be from 1 to 1000, but is " + files);
        }
        assertThatThrownBy(() -> FileLoggers.close(null)).hasMessage("logger");
        assertThatThrownBy(() -> FileLoggers.open(file, " ", Level.INFO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name must not be blank");
        try (FileSystem zip = FileSystems.newFileSystem(directory.resolve("a.zip"), Map.of("create", "true"))) {
            assertThatThrownBy(() -> FileLoggers.open(zip.getPath("app.log"), NAME, Level.INFO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("path must be of the default file system");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void open_exitIsOver_throws() throws Exception {
        FileLoggers.open(file, NAME, Level.INFO);
        scope.exit();
        assertThatThrownBy(() -> FileLoggers.open(file, NAME, Level.INFO))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("too late");
        assertThat(Logger.getLogger(NAME).getHandlers()).isEmpty();
    }

    @Test
    void log_fileIsClosed_lineIsShown() throws Exception {
        Logger log = FileLoggers.open(file, NAME, Level.INFO);
        Handler handler = log.getHandlers()[0];
        scope.exit();
        log.addHandler(handler);
        log.info("late\n");
        log.removeHandler(handler);
        assertThat(scope.printed())
                .containsExactly("[atexit] logged after the log was closed: INFO " + NAME + ": late\\n");
        assertThat(messages(file)).isEmpty();
    }

    @Test
    void open_programResetLogging_opensAnew() throws Exception {
        Logger log = FileLoggers.open(file, NAME, Level.INFO);
        Handler handler = log.getHandlers()[0];
        log.removeHandler(handler);
        handler.close();
        FileLoggers.open(file, NAME, Level.INFO).info("again");
        assertThat(messages(file)).containsExactly("INFO " + NAME + ": again");
    }

    @Test
    void log_threadIsInterrupted_fileStaysOpen() throws Exception {
        Logger log = FileLoggers.open(file, NAME, Level.INFO);
        Thread.currentThread().interrupt();
        log.info("one");
        assertThat(Thread.interrupted()).isTrue();
        log.info("two");
        assertThat(messages(file)).hasSize(2);
    }

    @Test
    void open_loggerNotKeptByTheProgram_staysUntilTheExit() throws Exception {
        WeakReference<Logger> logger = new WeakReference<>(FileLoggers.open(file, NAME + ".kept", Level.INFO));
        WeakReference<Object> witness = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return witness.get() == null;
        });
        assertThat(logger.get()).isNotNull();
        assertThat(LogManager.getLogManager().getLogger(NAME + ".kept").getHandlers())
                .hasSize(1);
    }

    @Test
    void open_directoriesAreMissing_areMade() throws Exception {
        Path deep = directory.resolve("logs/today/app.log");
        FileLoggers.open(deep, NAME, Level.INFO).info("here");
        assertThat(messages(deep)).containsExactly("INFO " + NAME + ": here");
    }

    @Test
    void open_notAppending_throwsAwayWhatWasThereButOnlyOnce() throws Exception {
        Files.writeString(file, "2026-01-01T00:00:00.000Z before\n");
        FileLoggers.open(file, NAME, Level.INFO, o -> o.append(false)).info("one");
        FileLoggers.open(file, NAME, Level.INFO, o -> o.append(false)).info("two");
        assertThat(messages(file)).containsExactly("INFO " + NAME + ": one", "INFO " + NAME + ": two");
    }

    @Test
    void log_anyLanguage_isUtf8() throws Exception {
        FileLoggers.open(file, NAME, Level.INFO).info("grüße, 日本, \uD83D\uDE00");
        assertThat(Files.readAllBytes(file)).asString(StandardCharsets.UTF_8).endsWith("grüße, 日本, \uD83D\uDE00\n");
    }

    @Test
    void close_loggerHasFiles_takesThemOffAndClosesThem() throws Exception {
        Logger log = FileLoggers.open(file, NAME, Level.INFO);
        Handler others = new Recording();
        log.addHandler(others);
        FileLoggers.open(directory.resolve("other.log"), NAME, Level.INFO);
        assertThat(FileLoggers.close(log)).isTrue();
        assertThat(FileLoggers.close(log)).isFalse();
        assertThat(log.getHandlers()).containsExactly(others);
        log.info("nowhere");
        assertThat(messages(file)).isEmpty();
        FileLoggers.open(file, NAME, Level.INFO).info("again");
        assertThat(messages(file)).containsExactly("INFO " + NAME + ": again");
        log.removeHandler(others);
        scope.exit();
        assertThat(scope.printed()).isEmpty();
    }

    @Test
    void close_anotherLoggerHasTheFile_staysOpenForThatOne() throws Exception {
        Logger one = FileLoggers.open(file, NAME, Level.INFO);
        Logger two = FileLoggers.open(file, NAME + "2", Level.INFO);
        FileLoggers.close(one);
        one.info("nowhere");
        two.info("here");
        assertThat(messages(file)).containsExactly("INFO " + NAME + "2: here");
    }

    @Test
    void close_loggerHasNoFile_returnsFalse() {
        assertThat(FileLoggers.close(Logger.getLogger(NAME))).isFalse();
    }

    /** What a program has put on its logger itself. */
    private static final class Recording extends Handler {
        @Override
        public void publish(LogRecord record) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** The lines without their time. */
    private static List<String> messages(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(line -> line.substring("2026-01-01T00:00:00.000Z ".length()))
                .toList();
    }
}
