package dev.atexit.internal.logging;

import dev.atexit.internal.exit.StderrObserver;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Stands first among the handlers of the root logger and keeps the shutdown hook of java.util.logging waiting until the
 * exit sequence is over. Writes nothing.
 *
 * <p>That hook resets one logger after another: it takes each handler off, closes it, and sets the level back. It begins
 * with the root logger, so while its first handler does not return from {@code close()} every logger is as it was, also
 * those that came later. The hook holds no lock meanwhile that logging or making a logger needs.
 *
 * <p>A program that takes all handlers off the root logger, to put its own there, takes the sentinel off too; then it
 * comes back. Nothing tells a handler that it is taken off but the list of handlers, which compares it with itself.
 */
final class Sentinel extends Handler {
    /** A program that takes handlers off until none is left would never end otherwise. */
    static final int RETURNS = 16;

    /** What {@link #returns} is once another sentinel has taken the place. */
    private static final int RELIEVED = -1;

    // Guarded by this.
    private int returns;

    private Sentinel(int returns) {
        this.returns = returns;
        setLevel(Level.OFF);
    }

    /** Makes sure that a sentinel stands first on the root logger. */
    static void post() {
        Logger root = Logger.getLogger("");
        Handler[] handlers = root.getHandlers();
        if (handlers.length == 0 || !isSentinel(handlers[0])) {
            standFirst(root, RETURNS);
        } else if (handlers[0] instanceof Sentinel) {
            ((Sentinel) handlers[0]).refresh();
        }
    }

    /** Whether this is a sentinel, of this copy of the library or of one in another class loader: they do the same. */
    static boolean isSentinel(Handler handler) {
        return handler.getClass().getName().equals(Sentinel.class.getName());
    }

    /** Puts a sentinel before the handlers that are there. A line that is logged at this moment may be written twice. */
    private static void standFirst(Logger root, int returns) {
        Handler[] handlers = root.getHandlers();
        root.addHandler(new Sentinel(returns));
        for (Handler handler : handlers) {
            if (!isSentinel(handler)) {
                // Added first: a line may be written twice, but is never lost.
                root.addHandler(handler);
                root.removeHandler(handler);
            }
        }
    }

    private synchronized void refresh() {
        returns = RETURNS;
    }

    private synchronized int relieve() {
        int left = returns;
        returns = RELIEVED;
        return left;
    }

    private void comeBack() {
        int left = relieve();
        if (left > 0) {
            standFirst(Logger.getLogger(""), left - 1);
        } else if (left == 0) {
            StderrObserver.print("the handlers of the root logger were taken off until none came back: call"
                    + " LoggingShutdown.register() once logging is configured, or lines of exit handlers are lost");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this != other) {
            return false;
        }
        if (!CleanerHold.isCleaner(Thread.currentThread())) {
            comeBack();
        }
        return true;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public void publish(@Nullable LogRecord record) {}

    @Override
    public void flush() {}

    /** Waits only where the JVM ends: a program may reset its logging at any time. */
    @Override
    public void close() {
        if (CleanerHold.isCleaner(Thread.currentThread())) {
            CleanerHold.awaitEndOfExit();
        }
    }
}
