package dev.atexit.internal.logging;

import java.util.concurrent.TimeoutException;
import java.util.logging.Logger;

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
     * @throws TimeoutException if handlers hang; they are left behind
     */
    public static void closeAll(long boundNanos) throws TimeoutException {
        try {
            HandlerWalk.overAll(true).go(boundNanos);
        } finally {
            LateLines.putOn(Logger.getLogger(""));
            done = true;
        }
    }

    /**
     * Flushes every handler and leaves it open: the program goes on.
     *
     * @throws IllegalStateException if handlers threw; all were flushed nevertheless
     * @throws TimeoutException if handlers hang; they are left behind
     */
    public static void flushAll(long boundNanos) throws TimeoutException {
        HandlerWalk.overAll(false).go(boundNanos);
    }
}
