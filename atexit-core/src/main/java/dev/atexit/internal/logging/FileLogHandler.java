package dev.atexit.internal.logging;

import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.StreamHandler;
import org.jspecify.annotations.Nullable;

/** Writes records to a file, in UTF-8, each handed to the operating system before the next. */
final class FileLogHandler extends StreamHandler {
    // Guarded by this.
    private boolean closed;

    FileLogHandler(OutputStream out) {
        super(out, new LineFormatter());
        setLevel(Level.ALL);
        try {
            setEncoding("UTF-8");
        } catch (UnsupportedEncodingException impossible) {
            throw new AssertionError("every JVM has UTF-8", impossible);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void publish(@Nullable LogRecord record) {
        if (record == null) {
            return;
        }
        if (closed) {
            LateNotice.show(LineFormatter.summary(record));
            return;
        }
        super.publish(record);
        flush();
    }

    @Override
    public synchronized void close() {
        closed = true;
        super.close();
    }
}
