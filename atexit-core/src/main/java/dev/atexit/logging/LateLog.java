package dev.atexit.logging;

import dev.atexit.internal.logging.LateNotice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows on standard error what is logged when the logs are closed: better there than nowhere. For {@link LoggingBackend}s,
 * which put something into the closed framework that calls it; programs do not call it.
 *
 * <pre>{@code
 * LateLog.show("INFO", "com.example.Db", "closed");
 * // [atexit] logged after the log was closed: INFO com.example.Db: closed
 * }</pre>
 *
 * <p><b>Threading.</b> May be called from any thread. <b>Ordering.</b> In the order of the calls. <b>Failure.</b> None
 * that the caller sees, whatever state the program is in. <b>Time.</b> As long as it takes to write to standard error. <b>Not
 * guaranteed.</b> That every line is shown: of all frameworks together the first twenty are, and then one line that says
 * that there are more.
 */
public final class LateLog {
    private LateLog() {}

    /**
     * Shows one line; control characters in it are escaped.
     *
     * @param level the level, as the framework writes it
     * @param logger the logger's name, or null if it has none
     * @param message what was logged, without its stack trace
     */
    public static void show(String level, @Nullable String logger, @Nullable String message) {
        LateNotice.show(Objects.requireNonNull(level, "level"), logger, message);
    }
}
