package dev.atexit.logback;

import ch.qos.logback.classic.LoggerContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * The contexts of Logback that the program has made itself. Logback keeps no list of them: the one that slf4j logs to, and
 * those of a {@code ContextSelector}, are found; any other has to be named here.
 *
 * <pre>{@code
 * LoggerContext audit = new LoggerContext();
 * LogbackContexts.closeLast(audit);
 * LoggingShutdown.register();   // before or after
 * }</pre>
 *
 * <p><b>Threading.</b> May be called from any thread. <b>Ordering.</b> All contexts are closed together. <b>Failure.</b>
 * See {@link LogbackBackend}. <b>Time.</b> Constant. <b>Not guaranteed.</b> Anything, unless {@code
 * LoggingShutdown.register()} is called, too; or for a context that is named only while the program ends.
 */
public final class LogbackContexts {
    // A context that the program has given up is not kept for us. Guarded by itself.
    private static final Set<LoggerContext> NAMED = Collections.newSetFromMap(new WeakHashMap<>());

    /** Before that, a context still needs its own hook: perhaps nobody else will close it. */
    private static volatile boolean closedByUs;

    private LogbackContexts() {}

    /**
     * Has a context closed when every exit handler has run. Its own shutdown hook is taken out as soon as {@code
     * LoggingShutdown.register()} is called as well, and whenever it is configured anew. Naming it again changes nothing.
     *
     * @param context the context; it is not kept in memory by this
     */
    public static void closeLast(LoggerContext context) {
        Objects.requireNonNull(context, "context");
        synchronized (NAMED) {
            NAMED.add(context);
        }
        if (closedByUs) {
            OwnHook.takeOut(context);
        }
    }

    /** Logback is registered to be closed last. */
    static void areClosedByUs() {
        closedByUs = true;
    }

    static List<LoggerContext> named() {
        synchronized (NAMED) {
            return new ArrayList<>(NAMED);
        }
    }
}
