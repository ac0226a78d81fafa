package dev.atexit.internal.logging;

import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Stands on the root logger when everything is closed, and shows what is still logged. */
final class LateLines extends Handler {
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
            Logger.getLogger("").addHandler(this);
        }
    }
}
