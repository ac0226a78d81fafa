package dev.atexit.internal.logging;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands where a handler was that is closed, and shows what is still logged. */
final class LateLines extends Handler {
    private final Logger logger;

    private LateLines(Logger logger) {
        this.logger = logger;
    }

    /** Has a logger's late lines shown, unless it hands them on to one of which they are. */
    static void putOn(Logger logger) {
        boolean isLast = logger.getParent() == null || !logger.getUseParentHandlers();
        if (isLast && !hasThem(logger)) {
            logger.addHandler(new LateLines(logger));
        }
    }

    private static boolean hasThem(Logger logger) {
        for (Handler handler : logger.getHandlers()) {
            if (handler instanceof LateLines) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void publish(@Nullable LogRecord record) {
        if (record != null && isLoggable(record)) {
            LateNotice.show(LineFormatter.summary(record));
        }
    }

    @Override
    public void flush() {}

    /** The hook of java.util.logging has just taken it off; it meets each logger's handlers once. */
    @Override
    public void close() {
        if (CleanerHold.isCleaner(Thread.currentThread())) {
            logger.addHandler(this);
        }
    }
}
