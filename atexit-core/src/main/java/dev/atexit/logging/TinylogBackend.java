package dev.atexit.logging;

import dev.atexit.internal.exit.SystemThread;
import dev.atexit.internal.exit.Text;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Closes tinylog 2. It is little enough to be called by name, so that no program needs another artifact for it; all that is
 * called is tinylog's own interface. Its shutdown hook cannot be taken out, but it can be told to have none before it
 * starts.
 */
final class TinylogBackend implements LoggingBackend {
    static final String NAME = "tinylog";

    private static final String IMPLEMENTATION = "org.tinylog.core.TinylogLoggingProvider";
    private static final String HOOK = "autoshutdown";

    private final @Nullable ClassLoader loader;

    private TinylogBackend(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    /** The backend, if tinylog is there. */
    static @Nullable TinylogBackend find(@Nullable ClassLoader context) {
        if (Frameworks.isThere(IMPLEMENTATION, context)) {
            return new TinylogBackend(context);
        }
        return Frameworks.isThere(IMPLEMENTATION, Frameworks.own()) ? new TinylogBackend(Frameworks.own()) : null;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void prepare() throws Exception {
        Class<?> configuration = type("org.tinylog.configuration.Configuration");
        if (Boolean.FALSE.equals(call(configuration.getMethod("isFrozen"), null))) {
            call(configuration.getMethod("set", String.class, String.class), null, HOOK, "false");
        }
        provider();
        Object hook = call(configuration.getMethod("get", String.class), null, HOOK);
        if (hook == null || Boolean.parseBoolean(hook.toString().trim())) {
            throw new IllegalStateException("tinylog has started with a shutdown hook of its own, which loses lines of"
                    + " exit handlers: set " + HOOK + "=false in tinylog.properties, or call LoggingShutdown.register()"
                    + " before the first line is logged");
        }
    }

    /** What tinylog logs through, which is started by this. */
    private @Nullable Object provider() throws Exception {
        return call(type("org.tinylog.provider.ProviderRegistry").getMethod("getLoggingProvider"), null);
    }

    private static @Nullable Object call(Method method, @Nullable Object target, Object... arguments) throws Exception {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException wrapped) {
            if (wrapped.getCause() instanceof Exception) {
                throw (Exception) wrapped.getCause();
            }
            throw wrapped;
        }
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(name, true, loader);
    }

    @Override
    public long close(Duration bound) throws Exception {
        Shutdown shutdown = new Shutdown();
        if (!SystemThread.startIfPossible("atexit-logging", shutdown)) {
            shutdown.run();
        }
        shutdown.await(bound.toNanos());
        return 0;
    }

    /** Tinylog waits without a bound until its queue is written; how much is in there, it does not say. */
    private final class Shutdown implements Runnable {
        // Both guarded by this.
        private boolean over;
        private @Nullable Exception failure;

        @Override
        public void run() {
            Exception thrown = null;
            try {
                call(type("org.tinylog.provider.LoggingProvider").getMethod("shutdown"), provider());
            } catch (Exception | LinkageError failed) {
                thrown = new IllegalStateException("tinylog could not be shut down", failed);
            }
            synchronized (this) {
                failure = thrown;
                over = true;
                notifyAll();
            }
        }

        synchronized void await(long boundNanos) throws Exception {
            long end = System.nanoTime() + boundNanos;
            while (!over) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new TimeoutException("tinylog could not write all its lines within "
                            + Text.duration(boundNanos) + "; it does not say how many are left");
                }
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, left));
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
