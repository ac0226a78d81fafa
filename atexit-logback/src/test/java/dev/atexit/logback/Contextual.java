package dev.atexit.logback;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A context of its own for one test, and appenders for it. */
final class Contextual implements AutoCloseable {
    final LoggerContext context = new LoggerContext();
    final Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    final Logger logger = context.getLogger("app");
    private final CountDownLatch blocked = new CountDownLatch(1);

    Contextual() {
        context.setName("test");
        // A context that slf4j has not made has none.
        context.setMDCAdapter(new LogbackMDCAdapter());
        root.setLevel(Level.INFO);
        LogbackContexts.closeLast(context);
    }

    void logLines(int n) {
        for (int i = 0; i < n; i++) {
            logger.info("line {}", i);
        }
    }

    void configure(String xml) throws Exception {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    <T extends Appender<ILoggingEvent>> T started(T appender, String name) {
        appender.setContext(context);
        appender.setName(name);
        appender.start();
        return appender;
    }

    /** With a queue of 16 that throws away what does not fit. */
    AsyncAppender async(String name, Appender<ILoggingEvent> child) {
        AsyncAppender async = new AsyncAppender();
        async.setContext(context);
        async.setQueueSize(16);
        async.setNeverBlock(true);
        async.addAppender(child);
        return started(async, name);
    }

    private PatternLayoutEncoder encoder() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%msg%n");
        encoder.start();
        return encoder;
    }

    FileAppender<ILoggingEvent> unflushed(Path file) {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(file.toString());
        appender.setImmediateFlush(false);
        appender.setEncoder(encoder());
        return appender;
    }

    /** Writes until the test is over. */
    OutputStreamAppender<ILoggingEvent> hanging() {
        OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
        appender.setEncoder(encoder());
        appender.setOutputStream(new OutputStream() {
            @Override
            public void write(int b) {
                hang();
            }

            @Override
            public void write(byte[] bytes) {
                hang();
            }
        });
        return appender;
    }

    private void hang() {
        boolean interrupted = false;
        while (true) {
            try {
                blocked.await();
                break;
            } catch (InterruptedException ignoredOnPurpose) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Lets what hangs go on. */
    void release() {
        blocked.countDown();
    }

    @Override
    public void close() {
        release();
        context.stop();
    }

    /** Keeps the lines, and takes its time with each. */
    static final class Slow extends UnsynchronizedAppenderBase<ILoggingEvent> {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        protected void append(ILoggingEvent event) {
            long end = System.nanoTime() + 200_000;
            while (System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            // An appender that does not survive an interrupt.
            if (!Thread.currentThread().isInterrupted()) {
                lines.add(event.getFormattedMessage());
            }
        }
    }
}
