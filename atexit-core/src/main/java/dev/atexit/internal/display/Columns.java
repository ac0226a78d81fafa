package dev.atexit.internal.display;

import dev.atexit.internal.exit.Text;

/** Makes text fit into so many columns of a terminal, the same under every locale. */
final class Columns {
    /** Nobody needs more of a name, and no terminal has that many columns. */
    private static final int MAX_NAME = 500;

    private static final String DOTS = "...";
    private static final long NANOS_PER_TENTH = 100_000_000;
    private static final long TENTHS_SHOWN = 1000;

    /** First and last of the characters that take two columns; the rest of what does is rare in names. */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x2e80, 0x303e, 0x3041, 0xa4cf, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f, 0xff00, 0xff60,
        0xffe0, 0xffe6, 0x1f300, 0x1f64f, 0x1f680, 0x1f6ff, 0x1f900, 0x1f9ff, 0x20000, 0x3fffd
    };

    private Columns() {}

    /** A name as it can be shown. */
    static String name(String label) {
        return Text.escape(label.length() > MAX_NAME ? label.substring(0, MAX_NAME) : label);
    }

    /** A duration to the tenth of a second. */
    static String seconds(long nanos) {
        long tenths = nanos / NANOS_PER_TENTH;
        if (tenths >= TENTHS_SHOWN || (tenths % 10 == 0 && nanos % NANOS_PER_TENTH == 0)) {
            return tenths / 10 + " s";
        }
        return tenths / 10 + "." + tenths % 10 + " s";
    }

    static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += width(c);
            i += Character.charCount(c);
        }
        return width;
    }

    private static int width(int c) {
        if (c < WIDE[0]) {
            return c < 0x300 || !isMark(c) ? 1 : 0;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (c >= WIDE[i] && c <= WIDE[i + 1]) {
                return 2;
            }
        }
        return isMark(c) ? 0 : 1;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT;
    }

    /** Returns the text if it fits, else as much of it as does with dots at its end. */
    static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        int room = Math.max(0, columns - DOTS.length());
        int end = 0;
        for (int used = 0; end < text.length(); ) {
            int c = text.codePointAt(end);
            used += width(c);
            if (used > room) {
                break;
            }
            end += Character.charCount(c);
        }
        return text.substring(0, end) + DOTS.substring(0, Math.min(DOTS.length(), Math.max(0, columns)));
    }

    static void pad(StringBuilder line, String text, int columns) {
        line.append(text);
        for (int used = width(text); used < columns; used++) {
            line.append(' ');
        }
    }
}
