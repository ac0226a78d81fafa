package dev.atexit.log4j2;

import dev.atexit.logging.LoggingBackend;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes Log4j2, from 2.17 on, when every exit handler has run. It is found by {@link java.util.ServiceLoader}; programs do
 * not call it.
 *
 * <pre>{@code
 * LoggingShutdown.register();   // with atexit-log4j2 on the class path or the module path
 * }</pre>
 *
 * <p><b>Threading.</b> As {@link LoggingBackend}. While it closes, each logger context is closed on a thread of its own, so
 * that one that hangs does not keep the others. <b>Ordering.</b> First what has been registered at Log4j's {@code
 * ShutdownCallbackRegistry} runs, so that it may still log; then the contexts close: those that were there, and those that
 * came later. In each the queues of async loggers are emptied before those of async appenders, the outer ones of these
 * before the inner ones, then the appenders are flushed and stopped. <b>Failure.</b> A version that is not supported is
 * refused by name and number. <b>Time.</b> Keeps to the bound: three fifths of it are for the queues, the rest is for the
 * appenders. A queue that cannot be emptied is given up, its lines are counted, and every appender that does not hang is
 * flushed all the same.
 *
 * <p><b>Not guaranteed.</b> Lines that Log4j itself discards, because a queue is full and it is configured so. A context
 * that was neither made by Log4j's context factory nor has registered its end there. On the module path, what was
 * registered at Log4j's registry before {@code LoggingShutdown.register()}, unless the package {@code
 * org.apache.logging.log4j.core.util} is open to this module. Where a {@code ShutdownCallbackRegistry} of the program cannot
 * be stopped, which is said once through Log4j's {@code StatusLogger}, it still closes Log4j whenever it does.
 */
public final class Log4j2Backend implements LoggingBackend {
    // Guarded by this. Its class is loaded only where Log4j is there, in a version that has what it needs.
    private @Nullable Takeover takeover;

    /** For {@link java.util.ServiceLoader}. */
    public Log4j2Backend() {}

    @Override
    public String name() {
        return "Log4j2";
    }

    /** {@inheritDoc} Where there is no Log4j, there is nothing to do. */
    @Override
    public synchronized void prepare() {
        if (takeover == null) {
            if (!Log4jVersion.isThere()) {
                return;
            }
            Log4jVersion.check();
            takeover = new Takeover();
        }
        takeover.prepare();
    }

    @Override
    public long close(Duration bound) throws Exception {
        Takeover prepared;
        synchronized (this) {
            prepared = takeover;
        }
        return prepared == null ? 0 : prepared.close(bound.toNanos());
    }
}
