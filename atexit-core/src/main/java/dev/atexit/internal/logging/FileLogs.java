package dev.atexit.internal.logging;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The log files that are open: one handler for each file, however many loggers write to it. */
public final class FileLogs {
    // Both guarded by this. The loggers are kept since java.util.logging itself holds them weakly.
    private final Map<Path, FileLogHandler> handlers = new HashMap<>();
    private final Map<String, Logger> loggers = new HashMap<>();
    private boolean closed;

    /**
     * Opens a file to be appended to and gives it to the logger of this name, unless it has it already.
     *
     * @throws IOException if the file cannot be written; nothing has changed then
     */
    public synchronized Logger open(File file, String name, Level level) throws IOException {
        if (closed) {
            throw new IllegalStateException("too late to open " + file + ": the logs of this program are closed");
        }
        // Not a channel: an interrupt of the thread that logs would close it.
        FileOutputStream out = new FileOutputStream(file, true);
        FileLogHandler handler = handlerFor(file, out);
        Logger logger = Logger.getLogger(name);
        if (!has(logger, handler)) {
            logger.addHandler(handler);
        }
        logger.setLevel(level);
        loggers.put(name, logger);
        return logger;
    }

    private FileLogHandler handlerFor(File file, FileOutputStream out) throws IOException {
        try {
            Path real = file.toPath().toRealPath();
            FileLogHandler there = handlers.get(real);
            if (there == null || there.isClosed()) {
                there = new FileLogHandler(out);
                handlers.put(real, there);
            } else {
                out.close();
            }
            return there;
        } catch (IOException | RuntimeException failed) {
            out.close();
            throw failed;
        }
    }

    private static boolean has(Logger logger, Handler handler) {
        for (Handler there : logger.getHandlers()) {
            if (there == handler) {
                return true;
            }
        }
        return false;
    }

    /** Closes every file; nothing can be opened any more. */
    public synchronized void close() {
        closed = true;
        for (FileLogHandler handler : handlers.values()) {
            for (Logger logger : loggers.values()) {
                logger.removeHandler(handler);
            }
            handler.close();
        }
        handlers.clear();
        loggers.clear();
    }
}
