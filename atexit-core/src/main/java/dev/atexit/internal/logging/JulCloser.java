package dev.atexit.internal.logging;

import java.util.Collections;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;

/** Flushes and closes what java.util.logging writes to, when no exit handler is left that could log. */
public final class JulCloser {
    private static volatile boolean done;

    private JulCloser() {}

    /** Has java.util.logging wait with its own closing until the exit sequence is over. Harmless when repeated. */
    public static void prepare() {
        Sentinel.post();
    }

    /** Whether all is closed. */
    static boolean isDone() {
        return done;
    }

    /**
     * Closes every handler of every logger, each off its logger first: one that hangs must not be met again by the hook of
     * java.util.logging. What is logged from now on is shown on standard error.
     *
     * @throws IllegalStateException if handlers threw; all were closed nevertheless
     */
    public static void closeAll() {
        try {
            new Walk(true).overAll();
        } finally {
            Logger.getLogger("").addHandler(new LateLines());
            done = true;
        }
    }

    /**
     * Flushes every handler and leaves it open: the program goes on.
     *
     * @throws IllegalStateException if handlers threw; all were flushed nevertheless
     */
    public static void flushAll() {
        new Walk(false).overAll();
    }

    /** One way over all loggers. */
    private static final class Walk {
        private final boolean closes;
        private final Set<Handler> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private @Nullable IllegalStateException failure;

        Walk(boolean closes) {
            this.closes = closes;
        }

        void overAll() {
            LogManager manager = LogManager.getLogManager();
            Enumeration<String> names = manager.getLoggerNames();
            while (names.hasMoreElements()) {
                String name = names.nextElement();
                Logger logger = manager.getLogger(name);
                if (logger != null) {
                    over(logger, name);
                }
            }
            if (failure != null) {
                throw failure;
            }
        }

        private void over(Logger logger, String name) {
            for (Handler handler : logger.getHandlers()) {
                if (!Sentinel.isSentinel(handler) && !(handler instanceof LateLines)) {
                    try {
                        finish(logger, handler);
                    } catch (Throwable thrown) {
                        remember(name, handler, thrown);
                    }
                }
            }
        }

        private void finish(Logger logger, Handler handler) {
            // A plain stream handler may own standard error, on which there may be more to say: the hook closes it
            // later.
            boolean stays = !closes || handler.getClass() == StreamHandler.class;
            if (!stays) {
                logger.removeHandler(handler);
            }
            if (seen.add(handler)) {
                if (stays) {
                    handler.flush();
                } else {
                    handler.close();
                }
            }
        }

        private void remember(String name, Handler handler, Throwable thrown) {
            String what = "the " + handler.getClass().getName() + " of logger '" + name + "' could not be "
                    + (closes ? "closed" : "flushed");
            IllegalStateException wrapped = new IllegalStateException(what, thrown);
            if (failure == null) {
                failure = wrapped;
            } else {
                failure.addSuppressed(wrapped);
            }
        }
    }
}
