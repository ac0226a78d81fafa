package dev.atexit.process.logging;

import dev.atexit.AtExit;
import dev.atexit.ExitPolicy;
import dev.atexit.logging.FileLoggers;
import dev.atexit.logging.LoggingShutdown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The program that ends: takes the directory of its logs, and the steps that it does one after another. The last step is
 * how it ends: {@code main}, {@code exit} or {@code wait} for a signal.
 */
final class LoggingProgram {
    static final int HANDLERS = 20;
    static final int LINES = 50;
    static final int SCATTERED = 40;
    private static final int MANY = 5_000;

    /** java.util.logging holds loggers weakly. */
    private static final List<Logger> KEPT = new ArrayList<>();

    private LoggingProgram() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        for (int i = 1; i < args.length; i++) {
            step(args[i], directory);
        }
    }

    private static void step(String name, Path directory) throws Exception {
        switch (name) {
            case "register" -> LoggingShutdown.register();
            case "register-in-handler" -> AtExit.register(LoggingShutdown::register);
            case "register-second-copy" -> registerSecondCopy();
            case "configure" -> Logger.getLogger("").addHandler(file(directory.resolve("root.log")));
            case "wipe" -> wipe();
            case "wipe-until-empty" -> wipeUntilEmpty();
            case "reset" -> LogManager.getLogManager().reset();
            case "read-configuration" ->
                LogManager.getLogManager()
                        .readConfiguration(new ByteArrayInputStream(".level=INFO".getBytes(StandardCharsets.UTF_8)));
            case "update-configuration" ->
                LogManager.getLogManager()
                        .updateConfiguration(
                                new ByteArrayInputStream(".level=INFO\nhandlers=".getBytes(StandardCharsets.UTF_8)),
                                null);
            case "many-loggers" -> manyLoggers();
            case "scattered-loggers" -> scatteredLoggers(directory);
            case "log-jul" -> logFromHandlers(new JulLines());
            case "log-system" -> logFromHandlers(new SystemLines());
            case "file-logger" -> logFromHandlers(new FileLines(directory.resolve("root.log")));
            case "reset-in-handler" ->
                AtExit.register("reset", () -> LogManager.getLogManager().reset());
            case "hang-on-close" -> Logger.getLogger("hanging").addHandler(hanging());
            case "deadline" ->
                AtExit.configure(
                        ExitPolicy.builder().deadline(Duration.ofSeconds(2)).build());
            case "slow-handler" -> AtExit.register("slow", () -> Thread.sleep(3_000));
            case "log-when-closed" -> logWhenClosed("app.late");
            case "log-to-app-when-closed" -> logWhenClosed("app");
            case "main" -> {}
            case "exit" -> System.exit(3);
            case "wait" -> {
                System.out.println("ready");
                Thread.sleep(600_000);
            }
            default -> throw new IllegalArgumentException(name);
        }
    }

    /** The library once more, as in an application inside the program. */
    private static void registerSecondCopy() throws Exception {
        URL[] place = {
            LoggingShutdown.class.getProtectionDomain().getCodeSource().getLocation()
        };
        ClassLoader copy = new URLClassLoader(place, ClassLoader.getPlatformClassLoader());
        copy.loadClass(LoggingShutdown.class.getName()).getMethod("register").invoke(null);
    }

    private static Handler file(Path path) throws IOException {
        FileHandler handler = new FileHandler(path.toString(), true);
        handler.setFormatter(new SimpleFormatter());
        return handler;
    }

    private static void wipe() {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
    }

    private static void wipeUntilEmpty() {
        Logger root = Logger.getLogger("");
        while (root.getHandlers().length > 0) {
            root.removeHandler(root.getHandlers()[0]);
        }
    }

    private static void manyLoggers() {
        for (int i = 0; i < MANY; i++) {
            KEPT.add(Logger.getLogger("many." + i));
        }
    }

    /** Loggers with a file and a level of their own, whose names hash to where that of the root logger does. */
    private static void scatteredLoggers(Path directory) throws IOException {
        int made = 0;
        for (int i = 0; made < SCATTERED; i++) {
            String name = "scattered" + Integer.toString(i, 36);
            int hash = name.hashCode();
            if (((hash ^ (hash >>> 16)) & 0xff) == 0) {
                Logger logger = Logger.getLogger(name);
                logger.setUseParentHandlers(false);
                logger.setLevel(Level.FINE);
                logger.addHandler(file(directory.resolve("scattered" + made + ".log")));
                for (Handler handler : logger.getHandlers()) {
                    handler.setLevel(Level.FINE);
                }
                KEPT.add(logger);
                AtExit.register(() -> logger.fine("scattered"));
                made++;
            }
        }
    }

    private interface Lines {
        void log(String line) throws IOException;
    }

    /** Twenty handlers of fifty lines each, and one that logs from a thread it starts. */
    private static void logFromHandlers(Lines lines) throws IOException {
        lines.log("start");
        for (int i = 0; i < HANDLERS; i++) {
            String prefix = "handler " + i + " line ";
            AtExit.register(() -> {
                for (int j = 0; j < LINES; j++) {
                    lines.log(prefix + j);
                }
            });
        }
        AtExit.register(() -> {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < LINES; j++) {
                    try {
                        lines.log("thread line " + j);
                    } catch (IOException failed) {
                        throw new IllegalStateException(failed);
                    }
                }
            });
            thread.start();
            thread.join();
        });
    }

    private static final class JulLines implements Lines {
        private final Logger logger = Logger.getLogger("app");

        @Override
        public void log(String line) {
            logger.info(line);
        }
    }

    private static final class SystemLines implements Lines {
        private final System.Logger logger = System.getLogger("app");

        @Override
        public void log(String line) {
            logger.log(System.Logger.Level.INFO, line);
        }
    }

    private static final class FileLines implements Lines {
        private final Logger logger;

        FileLines(Path file) throws IOException {
            logger = FileLoggers.open(file, "app", Level.FINE);
            logger.setUseParentHandlers(false);
        }

        @Override
        public void log(String line) {
            logger.fine(line);
        }
    }

    private static Handler hanging() {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {}

            @Override
            public void flush() {}

            @Override
            public void close() {
                hang();
            }
        };
    }

    private static void hang() {
        for (; ; ) {
            try {
                Thread.sleep(600_000);
            } catch (InterruptedException ignoredOnPurpose) {
                System.err.println("interrupted, goes on hanging");
            }
        }
    }

    /** A shutdown hook of somebody else, that logs when the log has been closed. */
    private static void logWhenClosed(String name) {
        Logger logger = Logger.getLogger(name);
        Logger place = logger.getUseParentHandlers() ? Logger.getLogger("") : logger;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!isClosed(place) && System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            logger.info("too late");
        }));
    }

    private static boolean isClosed(Logger logger) {
        Handler[] handlers = logger.getHandlers();
        for (Handler handler : handlers) {
            if (!handler.getClass().getName().matches(".*(LateLines|Sentinel)")) {
                return false;
            }
        }
        return handlers.length > 0;
    }
}
