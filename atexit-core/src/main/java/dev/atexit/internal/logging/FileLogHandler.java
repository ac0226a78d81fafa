package dev.atexit.internal.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** Writes records to a file, in UTF-8, each handed to the operating system before the next. */
final class FileLogHandler extends Handler {
    // Both guarded by this.
    private final RotatingFile file;
    private boolean closed;

    FileLogHandler(RotatingFile file) {
        this.file = file;
        setFormatter(new LineFormatter());
        setLevel(Level.ALL);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public void publish(@Nullable LogRecord record) {
        if (record == null || !isLoggable(record)) {
            return;
        }
        byte[] bytes;
        try {
            bytes = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
        } catch (RuntimeException broken) {
            reportError(null, broken, ErrorManager.FORMAT_FAILURE);
            return;
        }
        if (!write(bytes)) {
            LateNotice.show(LineFormatter.summary(record));
        }
    }

    /** False if it is closed. */
    private synchronized boolean write(byte[] bytes) {
        if (closed) {
            return false;
        }
        if (file.isFullFor(bytes.length)) {
            try {
                file.rotate();
            } catch (IOException | RuntimeException failed) {
                reportError("a log file could not be rotated, and grows", failed, ErrorManager.OPEN_FAILURE);
            }
        }
        try {
            file.write(bytes);
        } catch (IOException failed) {
            reportError(null, failed, ErrorManager.WRITE_FAILURE);
        }
        return true;
    }

    @Override
    public void flush() {}

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                file.close();
            } catch (IOException failed) {
                reportError(null, failed, ErrorManager.CLOSE_FAILURE);
            }
        }
    }
}
