package dev.atexit.logging;

import dev.atexit.internal.exit.ExitScope;

/**
 * Flushes and closes the logging of the program when every exit handler has run, so that what the handlers log is not
 * lost. The counterpart of {@code logging.shutdown} in Python. Logging frameworks close themselves in shutdown hooks of
 * their own, which the JVM runs at the same time as the handlers; this makes them wait.
 *
 * <pre>{@code
 * LoggingShutdown.register();
 * AtExit.register("close-db", () -> {
 *     db.close();
 *     log.info("closed");   // is in the file
 * });
 * }</pre>
 *
 * <p>Covers java.util.logging, {@code System.Logger} where it writes to that, tinylog 2, and every framework for which
 * there is a {@link LoggingBackend}. Loggers and handlers may be made before or after. A framework that is present
 * without a backend is named in one line on standard error. Where the JDK has no module {@code java.logging} there is
 * nothing to close.
 *
 * <p><b>Threading.</b> May be called from any thread. <b>Ordering.</b> After all exit handlers, whenever they were
 * registered; before the report of the exit. <b>Failure.</b> What a framework throws is printed, and the other ones
 * are closed. <b>Time.</b> The first call starts the frameworks that are there, so that none starts while the program
 * ends. The end waits for the frameworks, for each up to ten seconds, or within the deadline of the exit;
 * java.util.logging's own hook waits for the exit handlers, as long as they run.
 *
 * <p><b>Not guaranteed.</b> Lines logged after the close; they are shown on standard error, but for those of tinylog.
 * Lines of exit handlers, when one of them resets java.util.logging itself. A {@code LogManager} of another make that
 * closes handlers by ways of its own.
 */
public final class LoggingShutdown {
    private LoggingShutdown() {}

    /**
     * Has all logging closed last. Safe to call again, which does no more than to put back what has been taken off since:
     * a program that configures java.util.logging anew may do so, but need not.
     *
     * @throws IllegalStateException if it is too late: the exit handlers have run, or the JVM's shutdown began before
     *     anything was registered; nothing is changed
     */
    public static void register() {
        ExitScope scope = ExitScope.current();
        Backends.of(scope).registerAll(scope);
    }
}
