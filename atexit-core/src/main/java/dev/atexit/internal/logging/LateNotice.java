package dev.atexit.internal.logging;

import dev.atexit.internal.exit.StderrObserver;
import dev.atexit.internal.exit.Text;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error what was logged when everything is closed: better there than nowhere. Of all frameworks together a
 * few lines are shown. Works without the module java.logging.
 */
public final class LateNotice {
    private static final int MAX_LINES = 20;

    private static final AtomicInteger SHOWN = new AtomicInteger();

    private LateNotice() {}

    /** Shows one line. */
    public static void show(String level, @Nullable String logger, @Nullable String message) {
        show(summary(level, logger, message));
    }

    /** Shows one line, which is already in one and escaped. */
    static void show(String summary) {
        int n = SHOWN.incrementAndGet();
        if (n <= MAX_LINES) {
            StderrObserver.print("logged after the log was closed: " + summary);
        } else if (n == MAX_LINES + 1) {
            StderrObserver.print("logged after the log was closed: more lines, which are not shown");
        }
    }

    /** Level, logger and message in one line. */
    static String summary(String level, @Nullable String logger, @Nullable String message) {
        return Text.escape(level + " " + (logger == null ? "(anonymous)" : logger) + ": " + message);
    }
}
