package dev.atexit.logback;

import dev.atexit.logging.LoggingBackend;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Closes Logback last. Found by {@link java.util.ServiceLoader} when {@code LoggingShutdown.register()} is called; programs
 * do not call it. For contexts that only the program knows of, see {@link LogbackContexts}.
 *
 * <p><b>Threading.</b> As {@link LoggingBackend} says. <b>Ordering.</b> When the exit begins, asynchronous appenders stop
 * throwing lines away, and nothing is configured anew. At the close, queues are written first, from the outer appenders to the
 * inner ones; then appenders are stopped, all at the same time; then the contexts. What is logged later is shown on standard
 * error. <b>Failure.</b> An appender that hangs delays the others by no more than the bound, and is named. <b>Time.</b> The
 * close keeps to its bound. While the program ends, a call that logs waits up to ten seconds for a queue that does not
 * move at all, or two fifths of what is left of a deadline; then the line is given up and counted.
 *
 * <p><b>Not guaranteed.</b> That the number of lines given up is complete: an appender that hung before the exit began may
 * have taken some out of its queue. A line that is logged at the very instant in which the appenders are taken off.
 */
public final class LogbackBackend implements LoggingBackend {
    // Written by prepare, read by the exit. Not named in a field: without Logback its class cannot be loaded.
    private volatile @Nullable Object closer;

    /** Creates a backend. */
    public LogbackBackend() {}

    @Override
    public String name() {
        return "Logback";
    }

    /**
     * Starts Logback, through slf4j, and takes the shutdown hooks of its contexts out: those there are, and those that a
     * later configuration brings. Does nothing where there is no Logback.
     *
     * @throws IllegalStateException if Logback is neither 1.5 nor 1.6, or slf4j is bound to something else
     */
    @Override
    public void prepare() {
        if (LogbackVersion.isThere()) {
            LogbackVersion.check();
            Closer known = (Closer) closer;
            if (known == null) {
                known = new Closer();
            }
            known.prepare();
            closer = known;
        }
    }

    @Override
    public void beginExit() {
        Closer known = (Closer) closer;
        if (known != null) {
            known.beginExit();
        }
    }

    /**
     * Writes what is queued, stops the appenders and the contexts.
     *
     * @return how many lines are left in queues, or were given up since these were full
     * @throws IllegalStateException if there is something that could not be stopped; what could be, is
     */
    @Override
    public long close(Duration bound) {
        Closer known = (Closer) closer;
        return known == null ? 0 : known.close(bound.toNanos());
    }
}
