package dev.atexit.process.logging.log4j2;

import dev.atexit.AtExit;
import dev.atexit.ExitPolicy;
import dev.atexit.logging.LoggingShutdown;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.impl.Log4jContextFactory;
import org.apache.logging.log4j.core.util.Cancellable;
import org.apache.logging.log4j.core.util.ShutdownCallbackRegistry;
import org.apache.logging.log4j.spi.LoggerContextFactory;
import org.jspecify.annotations.Nullable;

/** Does one step after another, and ends. */
final class Log4j2Program {
    static final int HANDLERS = 5;
    static final int LINES = 50;

    /** Log4j holds callbacks softly. */
    private static @Nullable Cancellable kept;

    private Log4j2Program() {}

    public static void main(String[] steps) throws Exception {
        for (String step : steps) {
            step(step);
        }
    }

    private static void step(String name) throws Exception {
        switch (name) {
            case "deadline" ->
                AtExit.configure(
                        ExitPolicy.builder().deadline(Duration.ofSeconds(10)).build());
            case "register" -> LoggingShutdown.register();
            case "start" -> LogManager.getLogger("app").info("start");
            case "log" -> logFromHandlers(LogManager.getLogger("app"));
            case "log-from-hooks" -> logFromHooks(LogManager.getLogger("app"));
            case "reconfigure" -> Configurator.reconfigure();
            case "default-context" ->
                logFromHandlers(LogManager.getContext(true).getLogger("app"));
            case "other-context" -> logFromHandlers(otherContext());
            case "other-context-in-handler" ->
                AtExit.register(() -> otherContext().info("from a context that a handler made"));
            case "hand-made-context" -> logFromHandlers(handMadeContext());
            case "callback" -> addCallback();
            case "late" -> logWhenClosed();
            case "block-async-appender" -> blockAsyncAppender();
            case "block-appender" -> addBlocking(configuration());
            case "other-factory" -> LogManager.setFactory(new OtherFactory());
            case "exit" -> System.exit(3);
            default -> throw new IllegalArgumentException(name);
        }
    }

    private static void logFromHandlers(Logger logger) {
        for (int i = 0; i < HANDLERS; i++) {
            String prefix = "handler " + i + " line ";
            AtExit.register(() -> {
                for (int j = 0; j < LINES; j++) {
                    logger.info("{}{}", prefix, j);
                }
            });
        }
    }

    /** As programs do that have nothing better. */
    private static void logFromHooks(Logger logger) {
        for (int i = 0; i < HANDLERS; i++) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                for (int j = 0; j < LINES; j++) {
                    logger.info("line {}", j);
                }
            }));
        }
    }

    /** The context of another class loader, configured by a file of its own. */
    private static Logger otherContext() {
        ClassLoader other = new URLClassLoader(new URL[0], null);
        return LogManager.getContext(other, false, file("other.xml")).getLogger("app");
    }

    /** A context of which the context factory knows nothing. */
    private static Logger handMadeContext() {
        LoggerContext context = new LoggerContext("mine", null, file("other.xml"));
        context.start();
        return context.getLogger("app");
    }

    private static URI file(String name) {
        return Path.of(name).toUri();
    }

    private static void addCallback() {
        Log4jContextFactory factory = (Log4jContextFactory) LogManager.getFactory();
        kept = factory.addShutdownCallback(() -> LogManager.getLogger("app").info("from a callback"));
    }

    private static Configuration configuration() {
        return LoggerContext.getContext(false).getConfiguration();
    }

    private static void blockAsyncAppender() {
        Configuration configuration = configuration();
        configuration.addAppender(new Blocking());
        AsyncAppender async = AsyncAppender.newBuilder()
                .setName("async")
                .setBufferSize(2_000)
                .setConfiguration(configuration)
                .setAppenderRefs(new AppenderRef[] {AppenderRef.createAppenderRef("blocking", null, null)})
                .build();
        async.start();
        configuration.addAppender(async);
        configuration.getRootLogger().addAppender(async, null, null);
        LoggerContext.getContext(false).updateLoggers();
    }

    private static void addBlocking(Configuration configuration) {
        Blocking blocking = new Blocking();
        configuration.addAppender(blocking);
        configuration.getRootLogger().addAppender(blocking, null, null);
        LoggerContext.getContext(false).updateLoggers();
    }

    /** A shutdown hook of somebody else, that logs when the log has been closed. */
    private static void logWhenClosed() {
        Logger logger = LogManager.getLogger("app.late");
        LoggerContext context = LoggerContext.getContext(false);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (!"closed".equals(context.getConfiguration().getName()) && System.nanoTime() - end < 0) {
                Thread.onSpinWait();
            }
            logger.debug("is not logged");
            logger.warn("plain");
            logger.info("with {} and {}", "one", 2);
            logger.error("with an exception", new IllegalStateException("shown in no line"));
            logger.error((Object) "an object");
            LogManager.getLogger("app.new").info("from a new logger");
        }));
    }

    /** Never returns from writing a line. */
    private static final class Blocking extends AbstractAppender {
        Blocking() {
            super("blocking", null, null, true, Property.EMPTY_ARRAY);
            start();
        }

        @Override
        public void append(LogEvent event) {
            for (; ; ) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException ignoredOnPurpose) {
                    System.err.println("interrupted, goes on blocking");
                }
            }
        }
    }

    /** A registry that nobody can stop. */
    public static final class OwnRegistry implements ShutdownCallbackRegistry {
        @Override
        public Cancellable addShutdownCallback(Runnable callback) {
            return new Cancellable() {
                @Override
                public void cancel() {}

                @Override
                public void run() {
                    callback.run();
                }
            };
        }
    }

    /** A context factory of somebody else. */
    private static final class OtherFactory implements LoggerContextFactory {
        @Override
        public org.apache.logging.log4j.spi.LoggerContext getContext(
                String caller, ClassLoader loader, Object external, boolean current) {
            throw new IllegalStateException("is not asked");
        }

        @Override
        public org.apache.logging.log4j.spi.LoggerContext getContext(
                String caller, ClassLoader loader, Object external, boolean current, URI file, String name) {
            throw new IllegalStateException("is not asked");
        }

        @Override
        public void removeContext(org.apache.logging.log4j.spi.LoggerContext context) {}
    }
}
