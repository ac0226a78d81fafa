package dev.atexit.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.atexit.AtExit;
import dev.atexit.ExitPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingShutdownTest {
    private static final List<String> EVENTS = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void forget() {
        EVENTS.clear();
    }

    @Test
    void register_backendFound_isPreparedAtOnceAndClosedAfterAllHandlers() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, Good.class.getName())) {
            AtExit.register(() -> EVENTS.add("first handler"));
            LoggingShutdown.register();
            assertThat(EVENTS).containsExactly("prepare");
            AtExit.register(() -> EVENTS.add("second handler"));
            scope.exit();
            assertThat(EVENTS).containsExactly("prepare", "second handler", "first handler", "close within 10 s");
            assertThat(scope.printed()).isEmpty();
        }
    }

    @Test
    void register_backendClosesForGood_anExitThatDoesNotEndTheJvmLeavesItAlone() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, ForGood.class.getName())) {
            LoggingShutdown.register();
            scope.exit();
            assertThat(EVENTS).isEmpty();
            assertThat(scope.printed()).isEmpty();
        }
    }

    @Test
    void register_backendWantsToKnow_isToldBeforeTheNewestHandlerRuns() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, Curious.class.getName())) {
            LoggingShutdown.register();
            AtExit.register(() -> EVENTS.add("handler"));
            AtExit.clear();
            AtExit.register(() -> EVENTS.add("newest handler"));
            scope.exit();
            assertThat(EVENTS).containsExactly("exit begins", "newest handler", "closed");
            assertThat(scope.printed()).isEmpty();
        }
    }

    @Test
    void register_backendFailsWhenTheExitBegins_isToldAndClosedAllTheSame() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, Failing.class.getName())) {
            LoggingShutdown.register();
            scope.exit();
            assertThat(EVENTS).containsExactly("closed");
            assertThat(scope.printed())
                    .first()
                    .asString()
                    .contains("logging 'Failing' failed")
                    .contains("not now");
        }
    }

    @Test
    void register_calledAgain_preparesAgainAndClosesOnce() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, Good.class.getName())) {
            LoggingShutdown.register();
            LoggingShutdown.register();
            AtExit.clear();
            scope.exit();
            assertThat(EVENTS).containsExactly("prepare", "prepare", "close within 10 s");
        }
    }

    @Test
    void register_fromManyThreads_closesOnce() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, Good.class.getName())) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Thread thread = new Thread(LoggingShutdown::register);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            scope.exit();
            assertThat(EVENTS).containsOnlyOnce("close within 10 s");
        }
    }

    @Test
    void register_backendCannotBePrepared_saysSoAndDoesNotCloseIt() throws Exception {
        try (LoggingScope scope =
                new LoggingScope().finding(directory, Unprepared.class.getName(), Good.class.getName())) {
            LoggingShutdown.register();
            scope.exit();
            assertThat(scope.printed())
                    .containsExactly(
                            "[atexit] logging 'Old' is not closed last: java.lang.UnsupportedOperationException:"
                                    + " Old 0.9 is not supported");
            assertThat(EVENTS).containsExactly("prepare", "close within 10 s");
        }
    }

    @Test
    void register_namedBackendIsBroken_saysSoAndUsesTheOthers() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, "no.such.Backend", Good.class.getName())) {
            LoggingShutdown.register();
            scope.exit();
            assertThat(scope.printed())
                    .singleElement()
                    .asString()
                    .contains("[atexit] a logging backend cannot be used");
            assertThat(EVENTS).containsExactly("prepare", "close within 10 s");
        }
    }

    @Test
    void close_backendThrows_isPrintedAndTheOthersAreClosed() throws Exception {
        try (LoggingScope scope =
                new LoggingScope().finding(directory, Throwing.class.getName(), Good.class.getName())) {
            LoggingShutdown.register();
            scope.exit();
            // On a busy machine the exit does not wait until all is printed.
            await().untilAsserted(() -> assertThat(scope.printed())
                    .first()
                    .asString()
                    .contains("logging 'Throwing' failed: java.io.IOException: disk full"));
            assertThat(EVENTS).containsExactly("prepare", "close within 10 s");
        }
    }

    @Test
    void close_linesWereGivenUp_saysHowMany() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, Slow.class.getName())) {
            LoggingShutdown.register();
            scope.exit();
            assertThat(scope.printed()).containsExactly("[atexit] Slow: 7 lines could not be written within 10 s");
        }
    }

    @Test
    void close_backendIgnoresItsBound_deadlineHoldsAndTheOthersAreClosed() throws Exception {
        try (LoggingScope scope = new LoggingScope().finding(directory, Stuck.class.getName(), Good.class.getName())) {
            AtExit.configure(
                    ExitPolicy.builder().deadline(Duration.ofSeconds(1)).build());
            LoggingShutdown.register();
            scope.exit();
            assertThat(EVENTS).first().isEqualTo("prepare");
            assertThat(EVENTS).last().asString().startsWith("close within ");
            await().untilAsserted(() ->
                    assertThat(scope.printed()).anyMatch(line -> line.contains("'Stuck' did not end within")));
        } finally {
            Stuck.END.countDown();
        }
    }

    @Test
    void register_exitIsOver_throws() throws Exception {
        try (LoggingScope scope = new LoggingScope()) {
            AtExit.register(() -> {});
            scope.exit();
            assertThatThrownBy(LoggingShutdown::register)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("too late");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Logback, ch.qos.logback.classic.LoggerContext, dev.atexit:atexit-logback",
        "Log4j2, org.apache.logging.log4j.core.LoggerContext, dev.atexit:atexit-log4j2",
    })
    void register_frameworkWithoutBackend_namesTheArtifactOnce(String name, String type, String artifact)
            throws Exception {
        compileEmptyClass(type);
        try (LoggingScope scope = new LoggingScope().finding(directory)) {
            LoggingShutdown.register();
            LoggingShutdown.register();
            assertThat(scope.printed())
                    .containsExactly("[atexit] " + name + " is present, but " + artifact
                            + ", which closes it last, is not: lines that exit handlers log may be lost");
        }
    }

    @Test
    void register_frameworkWithBackend_saysNothing() throws Exception {
        compileEmptyClass("ch.qos.logback.classic.LoggerContext");
        try (LoggingScope scope = new LoggingScope().finding(directory, Logback.class.getName())) {
            LoggingShutdown.register();
            assertThat(scope.printed()).isEmpty();
        }
    }

    @Test
    void bound_deadlineNear_leavesTimeBeforeTheEngineInterrupts() {
        assertThat(BackendTask.bound(-1)).isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(BackendTask.bound(Duration.ofSeconds(100).toNanos()))
                .isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(BackendTask.bound(Duration.ofSeconds(5).toNanos()))
                .isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(BackendTask.bound(0)).isEqualTo(Duration.ofMillis(160).toNanos());
    }

    /** A class whose initializer fails: it must be looked for without being started. */
    private void compileEmptyClass(String name) throws IOException {
        int dot = name.lastIndexOf('.');
        Path source = directory.resolve("LoggerContext.java");
        Files.writeString(
                source,
                "package " + name.substring(0, dot) + "; public class " + name.substring(dot + 1)
                        + " { static int x = 1 / Integer.parseInt(\"0\"); }");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", directory.toString(), source.toString());
        assertThat(status).isZero();
    }

    /** A backend that does as it should. */
    public static class Good implements LoggingBackend {
        @Override
        public boolean closesForGood() {
            return false;
        }

        @Override
        public String name() {
            return "Good";
        }

        @Override
        public synchronized void prepare() {
            EVENTS.add("prepare");
        }

        @Override
        public long close(Duration bound) throws Exception {
            EVENTS.add("close within " + bound.toSeconds() + " s");
            return 0;
        }
    }

    /** One that keeps to what the interface says of those who say nothing. */
    public static final class ForGood extends Good {
        @Override
        public boolean closesForGood() {
            return true;
        }
    }

    /** One that hangs, and takes no heed of an interrupt. */
    public static class Stuck implements LoggingBackend {
        @Override
        public boolean closesForGood() {
            return false;
        }

        static final CountDownLatch END = new CountDownLatch(1);

        @Override
        public String name() {
            return "Stuck";
        }

        @Override
        public void prepare() {}

        @Override
        public long close(Duration bound) {
            for (; ; ) {
                try {
                    END.await();
                    return 0;
                } catch (InterruptedException notForThis) {
                    continue;
                }
            }
        }
    }

    /** One that wants to know when the exit begins. */
    public static class Curious implements LoggingBackend {
        @Override
        public boolean closesForGood() {
            return false;
        }

        @Override
        public String name() {
            return "Curious";
        }

        @Override
        public void prepare() {}

        @Override
        public void beginExit() {
            EVENTS.add("exit begins");
        }

        @Override
        public long close(Duration bound) {
            EVENTS.add("closed");
            return 0;
        }
    }

    /** One that fails then. */
    public static final class Failing extends Curious {
        @Override
        public String name() {
            return "Failing";
        }

        @Override
        public void beginExit() {
            throw new IllegalStateException("not now");
        }
    }

    /** One for a version that it does not know. */
    public static final class Unprepared extends Good {
        @Override
        public String name() {
            return "Old";
        }

        @Override
        public synchronized void prepare() {
            throw new UnsupportedOperationException("Old 0.9 is not supported");
        }
    }

    /** One that cannot close. */
    public static final class Throwing implements LoggingBackend {
        @Override
        public boolean closesForGood() {
            return false;
        }

        @Override
        public String name() {
            return "Throwing";
        }

        @Override
        public void prepare() {}

        @Override
        public long close(Duration bound) throws Exception {
            throw new IOException("disk full");
        }
    }

    /** One whose queue does not drain. */
    public static final class Slow implements LoggingBackend {
        @Override
        public boolean closesForGood() {
            return false;
        }

        @Override
        public String name() {
            return "Slow";
        }

        @Override
        public void prepare() {}

        @Override
        public long close(Duration bound) {
            return 7;
        }
    }

    /** One that covers a known framework. */
    public static final class Logback implements LoggingBackend {
        @Override
        public boolean closesForGood() {
            return false;
        }

        @Override
        public String name() {
            return "Logback";
        }

        @Override
        public void prepare() {}

        @Override
        public long close(Duration bound) {
            return 0;
        }
    }
}
