package dev.atexit.internal.logging;

import dev.atexit.internal.exit.StderrObserver;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Shows on standard error what is logged when everything is closed: better there than nowhere. */
final class LateLines extends Handler {
    private static final int MAX_LINES = 20;

    private static final AtomicInteger SHOWN = new AtomicInteger();

    static void show(LogRecord record) {
        int n = SHOWN.incrementAndGet();
        if (n <= MAX_LINES) {
            StderrObserver.print("logged after the log was closed: " + LineFormatter.summary(record));
        } else if (n == MAX_LINES + 1) {
            StderrObserver.print("logged after the log was closed: more lines, which are not shown");
        }
    }

    @Override
    public void publish(@Nullable LogRecord record) {
        if (record != null && isLoggable(record)) {
            show(record);
        }
    }

    @Override
    public void flush() {}

    /** The hook of java.util.logging has just taken it off; it meets each logger's handlers once. */
    @Override
    public void close() {
        if (CleanerHold.isCleaner(Thread.currentThread())) {
            Logger.getLogger("").addHandler(this);
        }
    }
}
