package dev.atexit.logging;

import dev.atexit.internal.logging.FileLogs;

/**
 * How a log file is written, where that is said when it is opened by {@link FileLoggers}.
 *
 * <pre>{@code
 * FileLoggers.open(path, "app", Level.INFO, o -> o.rotate(10_000_000, 5));
 * }</pre>
 *
 * <p><b>Threading.</b> Not thread-safe, and of no effect once {@code open} has returned. <b>Failure.</b> A bad value throws
 * at once; let it pass, and nothing is opened.
 */
public final class FileLogOptions {
    private static final long LEAST_BYTES = 1024;
    private static final int MOST_FILES = 1000;

    private boolean appends = true;
    private long maxBytes;
    private int oldFiles;

    FileLogOptions() {}

    /**
     * Keeps the file from growing over a size. Before a line that would make it larger, {@code app.log} is renamed to
     * {@code app.log.1}, what had that name to {@code app.log.2} and so on, and the last one is replaced. These names belong
     * to the log: whatever has them is renamed too. A line that is larger by itself has a file of its own.
     *
     * <p>When renaming fails, java.util.logging says so once on standard error, and the file grows; it is tried again when
     * as much has been written once more.
     *
     * @param maxBytes at least 1024; any size by default
     * @param oldFiles how many files are kept besides the one that is written: 1 to 1000
     * @return this
     */
    public FileLogOptions rotate(long maxBytes, int oldFiles) {
        if (maxBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("maxBytes must be at least " + LEAST_BYTES + ", but is " + maxBytes
                    + "; leave rotate out for any size");
        }
        if (oldFiles < 1 || oldFiles > MOST_FILES) {
            throw new IllegalArgumentException(
                    "oldFiles must be from 1 to " + MOST_FILES + ", but is " + oldFiles + "; append(false) keeps none");
        }
        this.maxBytes = maxBytes;
        this.oldFiles = oldFiles;
        return this;
    }

    /**
     * Says what becomes of lines that are in the file already; those in older files stay.
     *
     * @param keeps true, as by default, if new lines come after them, false if they are thrown away
     * @return this
     */
    public FileLogOptions append(boolean keeps) {
        appends = keeps;
        return this;
    }

    FileLogs.Way way() {
        return new FileLogs.Way(appends, maxBytes, oldFiles);
    }
}
