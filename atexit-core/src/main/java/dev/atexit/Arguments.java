package dev.atexit;

import dev.atexit.internal.exit.Text;
import dev.atexit.internal.tree.TreeDeleter;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** Checks of what users hand over, and what to call it. */
final class Arguments {
    /** A year: longer bounds are none, and shorter ones fit a {@code long} of nanoseconds many times. */
    private static final long MAX_SECONDS = 365L * 24 * 3600;

    private static final String LAMBDA = "$$Lambda";

    /** How long a command may take about which nothing else was said. */
    static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    private Arguments() {}

    /** A name that says something. */
    static String name(String name) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: reports and messages show it");
        }
        return name;
    }

    /** A positive duration in nanoseconds, cut to a year. */
    static long positiveNanos(String parameter, Duration duration) {
        Objects.requireNonNull(duration, parameter);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    parameter + " must be positive, but is " + duration + "; leave it out for no bound");
        }
        return duration.toSeconds() >= MAX_SECONDS ? MAX_SECONDS * 1_000_000_000L : duration.toNanos();
    }

    /** An absolute path that ends in a name. */
    static Path named(String parameter, Path path) {
        return TreeDeleter.checked(parameter, Objects.requireNonNull(path, parameter));
    }

    /** A file that the JDK's oldest ways can write to: they are the cheapest ones at a program's end. */
    static File file(String parameter, Path path) {
        Objects.requireNonNull(path, parameter);
        if (path.toString().isBlank()) {
            throw new IllegalArgumentException(parameter + " must not be empty");
        }
        try {
            return path.toFile();
        } catch (UnsupportedOperationException elsewhere) {
            throw new IllegalArgumentException(
                    parameter + " must be of the default file system, but is " + path, elsewhere);
        }
    }

    /** A program and its arguments. */
    static List<String> command(List<String> command) {
        List<String> copy = List.copyOf(Objects.requireNonNull(command, "command"));
        if (copy.isEmpty() || copy.get(0).isBlank()) {
            throw new IllegalArgumentException("command must begin with the program to run");
        }
        for (String part : copy) {
            if (part.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("command must not have a NUL in it");
            }
        }
        return copy;
    }

    /** A user's name as it stands in messages. */
    static String quoted(String name) {
        return "'" + Text.escape(name) + "'";
    }

    /** What to call something that nobody has named: its class, or the class that its lambda stands in. */
    static String label(Object what) {
        String name = what.getClass().getName();
        int lambda = name.indexOf(LAMBDA);
        return lambda < 0 ? name : "lambda in " + name.substring(0, lambda);
    }
}
