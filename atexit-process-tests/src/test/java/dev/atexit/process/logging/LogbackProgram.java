package dev.atexit.process.logging;

import dev.atexit.AtExit;
import dev.atexit.ExitPolicy;
import dev.atexit.logging.LoggingShutdown;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program that logs through slf4j and Logback: does these steps one after another, and ends with its main. */
final class LogbackProgram {
    static final int LINES = 50;

    private static final int THREADS = 16;

    /** Where the configuration that is read anew writes to. */
    static final String SECOND_LOG = "second.log";

    private LogbackProgram() {}

    public static void main(String[] args) throws Exception {
        for (String step : args) {
            step(step);
        }
    }

    private static void step(String name) throws Exception {
        switch (name) {
            case "register" -> LoggingShutdown.register();
            case "deadline" ->
                AtExit.configure(
                        ExitPolicy.builder().deadline(Duration.ofSeconds(4)).build());
            case "many-threads" -> AtExit.register(LogbackProgram::logFromThreads);
            case "handler" -> AtExit.register(LogbackProgram::logLines);
            case "hang-output" -> System.setOut(new PrintStream(new Hanging(), true));
            case "log-when-closed" -> logWhenClosed();
            case "configure-anew" -> configureAnew();
            default -> throw new IllegalArgumentException(name);
        }
    }

    private static void logLines() {
        Logger logger = LoggerFactory.getLogger("app");
        for (int i = 0; i < LINES; i++) {
            logger.info("line {}", i);
        }
    }

    private static void logFromThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(LogbackProgram::logLines);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** A shutdown hook of somebody else, that logs when the log has been closed. */
    private static void logWhenClosed() {
        Logger logger = LoggerFactory.getLogger("app.late");
        CountDownLatch begun = new CountDownLatch(1);
        AtExit.register(begun::countDown);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                begun.await();
                for (Thread thread : Thread.getAllStackTraces().keySet()) {
                    if (thread.getName().equals("atexit-hook")) {
                        thread.join();
                    }
                }
                logger.debug("below the level");
                logger.info("too {}", "late");
            } catch (InterruptedException cut) {
                throw new IllegalStateException(cut);
            }
        }));
    }

    /** Changes the file that Logback watches, and waits until it has been read. */
    private static void configureAnew() throws IOException, InterruptedException {
        Path file = Path.of(System.getProperty("logback.configurationFile"));
        String text = Files.readString(file);
        Files.writeString(file, text.replace("first.log", SECOND_LOG));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        Logger logger = LoggerFactory.getLogger("app");
        while (!Files.exists(Path.of(SECOND_LOG))) {
            // Nobody looks at the file before somebody logs, in the older versions.
            logger.info("waiting");
            Thread.sleep(10);
        }
    }

    /** Takes what is written, and never returns. */
    private static final class Hanging extends OutputStream {
        @Override
        public void write(int b) {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException ignoredOnPurpose) {
                    Thread.onSpinWait();
                }
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            write(0);
        }
    }
}
