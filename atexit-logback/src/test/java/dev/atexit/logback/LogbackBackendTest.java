package dev.atexit.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.sift.MDCBasedDiscriminator;
import ch.qos.logback.classic.sift.SiftingAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.CoreConstants;
import dev.atexit.logging.LoggingBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogbackBackendTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(600);
    private static final String HOOK = "<configuration><shutdownHook/><root level='INFO'/></configuration>";

    private final LogbackBackend backend = new LogbackBackend();

    @TempDir
    Path directory;

    @BeforeEach
    void prepare() {
        backend.prepare();
    }

    @Test
    void services_found_byServiceLoader() {
        assertThat(ServiceLoader.load(LoggingBackend.class))
                .anySatisfy(found -> assertThat(found.name()).isEqualTo("Logback"));
    }

    @Test
    void beginExit_notCalled_asyncAppenderThrowsLinesAway() {
        try (Contextual test = new Contextual()) {
            Contextual.Slow slow = test.started(new Contextual.Slow(), "SLOW");
            test.root.addAppender(test.async("ASYNC", slow));
            test.logLines(1_000);
            backend.close(LONG);
            assertThat(slow.lines).hasSizeLessThan(1_000);
        }
    }

    @Test
    void close_asyncAppenderWithSmallQueue_everyLineIsWrittenInOrder() {
        try (Contextual test = new Contextual()) {
            Contextual.Slow slow = test.started(new Contextual.Slow(), "SLOW");
            test.root.addAppender(test.async("ASYNC", slow));
            backend.beginExit();
            test.logLines(1_000);
            assertThat(backend.close(LONG)).isZero();
            assertThat(slow.lines).hasSize(1_000).startsWith("line 0", "line 1").endsWith("line 999");
            assertThat(slow.isStarted()).isFalse();
            assertThat(test.context.isStarted()).isFalse();
        }
    }

    @Test
    void close_threadThatLogsIsInterrupted_everyLineIsWritten() {
        try (Contextual test = new Contextual()) {
            Contextual.Slow slow = test.started(new Contextual.Slow(), "SLOW");
            test.root.addAppender(test.async("ASYNC", slow));
            backend.beginExit();
            Thread.currentThread().interrupt();
            test.logLines(200);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(backend.close(LONG)).isZero();
            assertThat(slow.lines).hasSize(200);
        }
    }

    @Test
    void close_asyncAppenderInAsyncAppender_everyLineIsWritten() {
        try (Contextual test = new Contextual()) {
            Contextual.Slow slow = test.started(new Contextual.Slow(), "SLOW");
            AsyncAppender inner = test.async("INNER", slow);
            test.root.addAppender(test.async("OUTER", test.async("MIDDLE", inner)));
            backend.beginExit();
            test.logLines(500);
            assertThat(backend.close(LONG)).isZero();
            assertThat(slow.lines).hasSize(500);
        }
    }

    @Test
    void close_appendersThatSiftingMakesDuringTheExit_everyLineIsWritten() {
        try (Contextual test = new Contextual()) {
            List<Contextual.Slow> made = new ArrayList<>();
            SiftingAppender sifting = new SiftingAppender();
            MDCBasedDiscriminator discriminator = new MDCBasedDiscriminator();
            discriminator.setKey("task");
            discriminator.setDefaultValue("app");
            discriminator.start();
            sifting.setDiscriminator(discriminator);
            sifting.setAppenderFactory((context, value) -> {
                Contextual.Slow slow = test.started(new Contextual.Slow(), "SLOW");
                made.add(slow);
                return test.async("ASYNC", slow);
            });
            test.root.addAppender(test.started(sifting, "SIFT"));
            backend.beginExit();
            test.logLines(500);
            assertThat(backend.close(LONG)).isZero();
            assertThat(made)
                    .singleElement()
                    .satisfies(slow -> assertThat(slow.lines).hasSize(500));
        }
    }

    @Test
    void close_appenderAndContextThatCameDuringTheExit_everyLineIsWritten() {
        backend.beginExit();
        try (Contextual test = new Contextual()) {
            Path file = directory.resolve("app.log");
            test.root.addAppender(test.async("ASYNC", test.started(test.unflushed(file), "FILE")));
            test.logLines(10);
            assertThat(backend.close(LONG)).isZero();
            assertThat(file).content().hasLineCount(10);
        }
    }

    @Test
    void close_queueCannotDrain_isCutAndCountsWhatIsLost() {
        try (Contextual test = new Contextual()) {
            test.root.addAppender(test.async("ASYNC", test.started(test.hanging(), "HANGING")));
            backend.beginExit();
            test.logLines(10);
            assertThat(backend.close(SHORT)).isEqualTo(10);
        }
    }

    @Test
    void close_appenderHangs_othersAreFlushedAllTheSame() {
        try (Contextual test = new Contextual()) {
            Path before = directory.resolve("before.log");
            Path after = directory.resolve("after.log");
            test.root.addAppender(test.started(test.unflushed(before), "BEFORE"));
            test.root.addAppender(test.async("ASYNC", test.started(test.hanging(), "HANGING")));
            test.root.addAppender(test.started(test.unflushed(after), "AFTER"));
            backend.beginExit();
            test.logLines(5);
            assertThat(backend.close(SHORT)).isEqualTo(5);
            assertThat(before).content().hasLineCount(5);
            assertThat(after).content().hasLineCount(5);
        }
    }

    @Test
    void close_appenderWithoutQueueHangs_isNamedAndCut() throws Exception {
        try (Contextual test = new Contextual()) {
            Path file = directory.resolve("app.log");
            test.root.addAppender(test.started(test.unflushed(file), "FILE"));
            test.root.addAppender(test.started(test.hanging(), "HANGING"));
            Thread logs = new Thread(() -> test.logLines(1));
            logs.start();
            while (logs.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            backend.beginExit();
            assertThatThrownBy(() -> backend.close(SHORT))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not stopped in time: appender 'HANGING'");
            assertThat(file).content().hasLineCount(1);
            test.release();
            logs.join();
        }
    }

    @Test
    void close_appenderThrowsWhenStopped_isToldAndTheContextIsStopped() {
        try (Contextual test = new Contextual()) {
            test.root.addAppender(test.started(new ThrowsWhenStopped(), "BROKEN"));
            backend.beginExit();
            assertThatThrownBy(() -> backend.close(LONG))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("appender 'BROKEN' could not be stopped")
                    .hasRootCauseMessage("broken");
            assertThat(test.context.isStarted()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void close_loggedLater_isShownOnStandardErrorUnlessBelowTheLevel(boolean stoppedByTheProgram) throws Exception {
        try (Contextual test = new Contextual()) {
            test.context.getLogger("quiet").setLevel(Level.ERROR);
            test.context.getLogger("apart").setAdditive(false);
            test.context.getLogger("apart").addAppender(test.started(new Contextual.Slow(), "SLOW"));
            test.context.getLogger("silent").setAdditive(false);
            backend.beginExit();
            if (stoppedByTheProgram) {
                test.context.stop();
            } else {
                backend.close(LONG);
            }
            assertThat(printedBy(() -> {
                        test.logger.info("too {}", "late");
                        test.logger.debug("not wanted");
                        test.context.getLogger("quiet").warn("not wanted");
                        test.context.getLogger("silent").warn("not wanted");
                        test.context.getLogger("apart.new").atWarn().log("fluent");
                    }))
                    .containsExactly(
                            "[atexit] logged after the log was closed: INFO app: too late",
                            "[atexit] logged after the log was closed: WARN apart.new: fluent");
        }
    }

    @Test
    void prepare_configurationWithHook_isTakenOutNowAndAfterEachReset() throws Exception {
        try (Contextual test = new Contextual()) {
            test.configure(HOOK);
            assertThat(test.context.getObject(CoreConstants.SHUTDOWN_HOOK_THREAD))
                    .isNull();
            test.context.reset();
            test.configure(HOOK);
            assertThat(test.context.getObject(CoreConstants.SHUTDOWN_HOOK_THREAD))
                    .isNull();
        }
    }

    @Test
    void prepare_hookPutByHand_isTakenOutWhenCalledAgain() {
        try (Contextual test = new Contextual()) {
            Thread hook = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(hook);
            test.context.putObject(CoreConstants.SHUTDOWN_HOOK_THREAD, hook);
            backend.prepare();
            assertThat(test.context.getObject(CoreConstants.SHUTDOWN_HOOK_THREAD))
                    .isNull();
            assertThat(Runtime.getRuntime().removeShutdownHook(hook)).isFalse();
        }
    }

    @Test
    void beginExit_configurationIsWatched_isNotConfiguredAnewAnyMore() throws Exception {
        try (Contextual test = new Contextual()) {
            Path file = directory.resolve("logback.xml");
            Files.writeString(file, "<configuration scan='true' scanPeriod='1 hour'/>");
            ch.qos.logback.classic.joran.JoranConfigurator configurator =
                    new ch.qos.logback.classic.joran.JoranConfigurator();
            configurator.setContext(test.context);
            configurator.doConfigure(file.toFile());
            assertThat(test.context.getCopyOfScheduledFutures()).isNotEmpty();
            backend.beginExit();
            assertThat(test.context.getCopyOfScheduledFutures()).allMatch(Future::isCancelled);
        }
    }

    @Test
    void close_rollingWithCompression_archivesAreComplete() throws Exception {
        try (Contextual test = new Contextual()) {
            test.configure(("<configuration><appender name='FILE'"
                            + " class='ch.qos.logback.core.rolling.RollingFileAppender'>"
                            + "<rollingPolicy class='ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy'>"
                            + "<fileNamePattern>DIR/app.%d{yyyy-MM-dd}.%i.log.gz</fileNamePattern>"
                            + "<maxFileSize>2KB</maxFileSize><checkIncrement>0</checkIncrement></rollingPolicy>"
                            + "<encoder><pattern>%msg%n</pattern></encoder></appender>"
                            + "<root level='INFO'><appender-ref ref='FILE'/></root></configuration>")
                    .replace("DIR", directory.toString()));
            backend.beginExit();
            test.logLines(1_000);
            assertThat(backend.close(LONG)).isZero();
            assertThat(linesOfArchives()).isEqualTo(1_000);
        }
    }

    private int linesOfArchives() throws IOException {
        int lines = 0;
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                try (InputStream in = Files.newInputStream(file);
                        InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in) {
                    lines += (int) new String(text.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .count();
                }
            }
        }
        return lines;
    }

    private interface Body {
        void run() throws Exception;
    }

    private static List<String> printedBy(Body body) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            body.run();
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** An appender that throws when it is stopped. */
    private static final class ThrowsWhenStopped extends ch.qos.logback.core.UnsynchronizedAppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {}

        @Override
        public void stop() {
            throw new UnsupportedOperationException("broken");
        }
    }
}
