package dev.atexit.internal.process;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What Linux tells about processes, as text. */
final class ProcFs {
    /** A process may be in 65,536 groups, and they stand in one of these files. */
    private static final int MAX_BYTES = 1 << 20;

    private static final String OWN_STATUS = "/proc/self/status";

    private ProcFs() {}

    /** The text of a file; null if there is none, or it may not be read. */
    static @Nullable String read(String path) {
        try (FileInputStream in = new FileInputStream(path)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException none) {
            // A process that has ended, another user's, or another operating system.
            return null;
        }
    }

    static boolean exists(String path) {
        return new File(path).exists();
    }

    /** How many threads a process has; 0 if that is not known. */
    static int threads(long pid) {
        String[] names = new File("/proc/" + pid + "/task").list();
        return names == null ? 0 : names.length;
    }

    /** The status of this process; null where there is no such thing. */
    static @Nullable String ownStatus() {
        return read(OWN_STATUS);
    }

    /** The value of a line {@code key: value}, trimmed; null if there is no such line. */
    static @Nullable String field(String status, String key) {
        int at = status.startsWith(key + ":") ? 0 : status.indexOf("\n" + key + ":") + 1;
        if (at == 0 && !status.startsWith(key + ":")) {
            return null;
        }
        int from = at + key.length() + 1;
        int to = status.indexOf('\n', from);
        return status.substring(from, to < 0 ? status.length() : to).strip();
    }

    /**
     * Whether {@code /proc} shows the processes by the numbers they have for us, and not by those of an outer namespace.
     *
     * @param ownStatus what {@link #ownStatus} returned
     */
    static boolean showsOurNumbers(String ownStatus) {
        String numbers = field(ownStatus, "NSpid");
        return numbers == null || lastColumn(numbers).equals(numbers);
    }

    static String lastColumn(String columns) {
        int i = columns.length();
        while (i > 0 && columns.charAt(i - 1) > ' ') {
            i--;
        }
        return columns.substring(i);
    }

    /** A number, or -1 for anything else. */
    static long number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 18) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(text);
    }

    /** A field of {@code /proc/PID/stat} by its number in the manual, from 3 on; empty if it is not there. */
    static String statField(String stat, int number) {
        // The second field is the program's name, with anything in it.
        int from = stat.lastIndexOf(')') + 2;
        for (int i = 3; i < number; i++) {
            from = stat.indexOf(' ', from) + 1;
            if (from == 0) {
                return "";
            }
        }
        int to = stat.indexOf(' ', from);
        return from >= stat.length() ? "" : stat.substring(from, to < 0 ? stat.length() : to);
    }
}
