package dev.atexit.internal.display;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The terminal that the process has as standard error, whatever the program has put in the place of {@code System.err}. */
final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final Path STATUS = Path.of("/proc/self/stat");
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;
    private static final int MIN_COLUMNS = 20;
    private static final long PATIENCE_MS = 300;

    /** After the name of the program in its status: its process group, and the one in the terminal's foreground. */
    private static final int GROUP = 2;

    private static final int FOREGROUND = 5;

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.err);
    private Charset charset = StandardCharsets.UTF_8;
    private int columns = DEFAULT_COLUMNS;
    private int rows = DEFAULT_ROWS;
    private boolean measured;

    /** Finds out what there is; false if it is not to be written to. */
    boolean open() {
        if (!isWanted(System.getenv("TERM"), System.getenv("NO_COLOR")) || !isThere() || isInBackground()) {
            return false;
        }
        charset = charset();
        measure();
        return true;
    }

    /** Whether the user's environment speaks of a terminal that can do more than print lines. */
    static boolean isWanted(@Nullable String term, @Nullable String noColor) {
        return term != null && !term.isEmpty() && !term.equals("dumb") && (noColor == null || noColor.isEmpty());
    }

    private static boolean isThere() {
        try {
            String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | RuntimeException noProc) {
            return hasConsole();
        }
    }

    /** Elsewhere Java tells of standard input and output only; up to JDK 21 there is a console if both are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // that is what is asked up to JDK 21
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (NoSuchMethodException old) {
            return true;
        } catch (ReflectiveOperationException unknown) {
            return false;
        }
    }

    /** Whether somebody types something else into the terminal. */
    private static boolean isInBackground() {
        try {
            return isInBackground(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
        } catch (IOException | RuntimeException noProc) {
            return false;
        }
    }

    static boolean isInBackground(String status) {
        // The name is in brackets and may have blanks and brackets in it.
        String[] fields = status.substring(status.lastIndexOf(')') + 1).trim().split(" ", FOREGROUND + 2);
        int foreground = Integer.parseInt(fields[FOREGROUND]);
        return foreground > 0 && foreground != Integer.parseInt(fields[GROUP]);
    }

    private static Charset charset() {
        String[] keys = {"stderr.encoding", "sun.stderr.encoding", "native.encoding"};
        for (int i = 0; i < keys.length; i++) {
            String name = System.getProperty(keys[i]);
            if (name != null) {
                try {
                    return Charset.forName(name);
                } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                    // Perhaps one that follows is known.
                }
            }
        }
        return StandardCharsets.UTF_8;
    }

    /** There is no other way to ask for the size from Java. */
    private void measure() {
        try {
            Process stty = new ProcessBuilder("/bin/sh", "-c", "stty size <&2 2>/dev/null")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                stty.getOutputStream().close();
                if (stty.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                    size(new String(answer.readAllBytes(), StandardCharsets.US_ASCII).trim());
                } else {
                    stty.destroyForcibly();
                }
            }
        } catch (InterruptedException notOurs) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error unknown) {
            // A system without it, or without room for another process.
            measured = false;
        }
    }

    /** Takes an answer such as {@code 24 80}. */
    private void size(String answer) {
        int blank = answer.indexOf(' ');
        if (blank > 0) {
            int high = Integer.parseInt(answer.substring(0, blank));
            int wide = Integer.parseInt(answer.substring(blank + 1));
            if (high > 0 && wide >= MIN_COLUMNS) {
                rows = high;
                columns = wide;
                measured = true;
            }
        }
    }

    boolean isMeasured() {
        return measured;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    void write(String text) throws IOException {
        out.write(text.getBytes(charset));
    }
}
