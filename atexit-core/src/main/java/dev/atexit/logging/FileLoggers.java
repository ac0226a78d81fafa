package dev.atexit.logging;

import dev.atexit.internal.exit.ExitScope;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Loggers that write to a file which is flushed and closed last at exit.
 *
 * <pre>{@code
 * Logger log = FileLoggers.open(Path.of("app.log"), "app", Level.INFO);
 * AtExit.register(() -> log.info("bye"));   // is in the file
 * }</pre>
 *
 * <p>A record is one line of UTF-8, the same under every locale and time zone, such as {@code 2026-01-31T23:59:59.123Z
 * INFO app: bye}; a stack trace follows it indented. The loggers are those of java.util.logging; a program that is a module
 * says {@code requires java.logging}.
 *
 * <p><b>Threading.</b> May be called from any thread; the loggers may be used by all. <b>Ordering.</b> The files are
 * closed when every exit handler has run, as by {@link LoggingShutdown#register}, which need not be called for
 * java.util.logging then. <b>Failure.</b> A file that cannot be opened is an exception at once; one that cannot be
 * written later is reported on standard error, once, by java.util.logging, and is tried again with each line.
 * <b>Time.</b> Each line is with the operating system when the call that logs it returns, so that a killed program has
 * lost none.
 *
 * <p>Two programs may append to one file, and no line is torn. Where they rotate each needs a file of its own: what one
 * renames and in the end replaces, another may still be writing to.
 *
 * <p><b>Not guaranteed.</b> That a line survives a crash of the machine. That a file written by a logger and by one of its
 * ancestors has each line once.
 */
public final class FileLoggers {
    private FileLoggers() {}

    /**
     * Gives a logger a file to write to, after what is there already, and sets its level. Everything else about the logger
     * stays: its other handlers, and that it hands records to its parents' handlers, such as the console's; {@code
     * setUseParentHandlers(false)} stops that.
     *
     * <p>Called again with the same name and file, it sets the level and changes nothing else. With another file, lines go
     * to both. With another name, two loggers write to one file.
     *
     * @param path the file; directories that are missing are made, with the rights that new ones get
     * @param name the logger's name, not blank
     * @param level what is logged
     * @return the logger, which is kept in memory until the exit, or until {@link #close}
     * @throws IOException if the file cannot be opened for writing; no logger has changed then
     * @throws IllegalArgumentException if the name is blank, or the path is not of the default file system
     * @throws IllegalStateException as {@link LoggingShutdown#register}
     */
    public static Logger open(Path path, String name, Level level) throws IOException {
        return open(path, name, level, new FileLogOptions());
    }

    /**
     * As without options; these hold for the file, for as long as it is open.
     *
     * @param path the file; directories that are missing are made, with the rights that new ones get
     * @param name the logger's name, not blank
     * @param level what is logged
     * @param options says how the file is written
     * @return the logger, which is kept in memory until the exit, or until {@link #close}
     * @throws IOException if the file cannot be opened for writing; no logger has changed then
     * @throws IllegalArgumentException if the name is blank, or the path is not of the default file system
     * @throws IllegalStateException as {@link LoggingShutdown#register}
     */
    public static Logger open(Path path, String name, Level level, Consumer<? super FileLogOptions> options)
            throws IOException {
        FileLogOptions given = new FileLogOptions();
        Objects.requireNonNull(options, "options").accept(given);
        return open(path, name, level, given);
    }

    private static Logger open(Path path, String name, Level level, FileLogOptions options) throws IOException {
        File file = file(Objects.requireNonNull(path, "path"));
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: it is the name of the logger");
        }
        Objects.requireNonNull(level, "level");
        ExitScope scope = ExitScope.current();
        return Backends.of(scope).openFile(scope, file, name, level, options.way());
    }

    /**
     * Takes off a logger what {@link #open} has given it, before the exit does. A file that another logger writes to stays
     * open for that one. Its level and its other handlers stay.
     *
     * @param logger the logger
     * @return true if it had a file; false also once the exit has closed it
     */
    public static boolean close(Logger logger) {
        return Backends.of(ExitScope.current()).closeFiles(Objects.requireNonNull(logger, "logger"));
    }

    private static File file(Path path) {
        try {
            return path.toFile();
        } catch (UnsupportedOperationException elsewhere) {
            throw new IllegalArgumentException("path must be of the default file system, but is " + path, elsewhere);
        }
    }
}
