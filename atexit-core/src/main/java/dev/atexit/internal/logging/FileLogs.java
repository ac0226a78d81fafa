package dev.atexit.internal.logging;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The log files that are open: one handler for each file, however many loggers write to it. */
public final class FileLogs {
    // All guarded by this. The loggers are kept since java.util.logging itself holds them weakly.
    private final Map<Path, FileLogHandler> handlers = new HashMap<>();
    private final Map<String, Logger> loggers = new HashMap<>();
    private boolean closed;

    /** How a file is written; of no effect where it is open already. */
    public static final class Way {
        final boolean appends;
        final long maxBytes;
        final int kept;

        /**
         * Says how.
         *
         * @param appends whether what is in the file stays
         * @param maxBytes how large it may become, 0 for any size
         * @param kept how many old ones there may be besides
         */
        public Way(boolean appends, long maxBytes, int kept) {
            this.appends = appends;
            this.maxBytes = maxBytes;
            this.kept = kept;
        }
    }

    /**
     * Opens a file and gives it to the logger of this name, unless it has it already.
     *
     * @throws IOException if the file cannot be written; no logger has changed then
     */
    public Logger open(File file, String name, Level level, Way way) throws IOException {
        failIfClosed(file);
        Path directory = file.toPath().toAbsolutePath().getParent();
        if (directory != null && !Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
        // Outside of the lock, which the exit needs: a pipe that nobody reads is opened for ever.
        return give(file, RotatingFile.append(file), name, level, way);
    }

    private synchronized Logger give(File file, FileOutputStream out, String name, Level level, Way way)
            throws IOException {
        if (closed) {
            out.close();
        }
        failIfClosed(file);
        FileLogHandler handler = handlerFor(file, out, way);
        Logger logger = Logger.getLogger(name);
        if (!has(logger, handler)) {
            logger.addHandler(handler);
        }
        logger.setLevel(level);
        loggers.put(name, logger);
        return logger;
    }

    private synchronized void failIfClosed(File file) {
        if (closed) {
            throw new IllegalStateException("too late to open " + file + ": the logs of this program are closed");
        }
    }

    private FileLogHandler handlerFor(File file, FileOutputStream out, Way way) throws IOException {
        try {
            Path real = file.toPath().toRealPath();
            FileLogHandler there = handlers.get(real);
            if (there == null || there.isClosed()) {
                if (!way.appends) {
                    out.getChannel().truncate(0);
                }
                there = new FileLogHandler(new RotatingFile(real, out, way.maxBytes, way.kept));
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

    /**
     * Takes its files off a logger and closes those that no other logger has.
     *
     * @return false if it had none
     */
    public synchronized boolean close(Logger logger) {
        boolean had = false;
        for (FileLogHandler handler : new ArrayList<>(handlers.values())) {
            if (has(logger, handler)) {
                had = true;
                logger.removeHandler(handler);
                closeIfUnused(handler);
            }
        }
        if (had) {
            loggers.values().remove(logger);
        }
        return had;
    }

    private void closeIfUnused(FileLogHandler handler) {
        for (Logger logger : loggers.values()) {
            if (has(logger, handler)) {
                return;
            }
        }
        handlers.values().remove(handler);
        handler.close();
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
