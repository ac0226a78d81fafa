package dev.atexit.internal.sweep;

import java.nio.file.Path;

/** The part of a name that nobody could guess. */
final class RandomPart {
    private static final int MIN_DIGITS = 32;

    private RandomPart() {}

    /** Whether a name that is said to have so many random digits can have them. */
    static boolean in(Path path, int digits) {
        return digits >= MIN_DIGITS && in(path);
    }

    /** Whether the last name of a path has enough of them anywhere. */
    static boolean in(Path path) {
        String name = name(path);
        for (int i = 0; i < name.length(); i++) {
            int digits = digits(name, i);
            if (digits >= MIN_DIGITS) {
                return true;
            }
            i += digits;
        }
        return false;
    }

    private static int digits(String name, int from) {
        int at = from;
        while (at < name.length() && isDigit(name.charAt(at))) {
            at++;
        }
        return at - from;
    }

    private static boolean isDigit(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
