package dev.atexit.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Text by the columns that it takes on a terminal, where some characters take two and some none. */
public final class Columns {
    private static final String CUT = "...";

    private Columns() {}

    /**
     * How many columns a text takes.
     *
     * @param text one line of text
     * @return how many
     */
    public static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = c >= 0x1100
                && (c <= 0x115f
                        || (c >= 0x2e80 && c <= 0xa4cf)
                        || (c >= 0xac00 && c <= 0xd7a3)
                        || (c >= 0xf900 && c <= 0xfaff)
                        || (c >= 0xfe30 && c <= 0xfe6f)
                        || (c >= 0xff00 && c <= 0xff60)
                        || (c >= 0xffe0 && c <= 0xffe6)
                        || (c >= 0x1f300 && c <= 0x1faff)
                        || (c >= 0x20000 && c <= 0x3fffd));
        return wide ? 2 : 1;
    }

    /**
     * The text with as many blanks behind it as it lacks.
     *
     * @param text one line of text
     * @param width how many columns there are
     * @return the text itself, where it is too long
     */
    public static String fill(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /**
     * Cuts what is too long at its beginning: of the name of a class or a file the end says most.
     *
     * @param text one line of text
     * @param width how many columns there are
     * @return the text, or dots and so much of its end as fits
     */
    public static String end(String text, int width) {
        int from = 0;
        int left = width(text);
        int room = left <= width ? width : width - CUT.length();
        while (left > room) {
            int c = text.codePointAt(from);
            left -= width(c);
            from += Character.charCount(c);
        }
        return from == 0 ? text : CUT + text.substring(from);
    }

    /**
     * Cuts what is too long at its end.
     *
     * @param text one line of text
     * @param width how many columns there are
     * @return the text, or so much of it as fits, and dots
     */
    public static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        return text.substring(0, fitting(text, 0, width - CUT.length())) + CUT;
    }

    /** Where the part of the text ends that begins here and takes so many columns, at most. */
    private static int fitting(String text, int from, int width) {
        int to = from;
        int taken = 0;
        while (to < text.length()) {
            int c = text.codePointAt(to);
            taken += width(c);
            if (taken > width) {
                break;
            }
            to += Character.charCount(c);
        }
        return to;
    }

    /**
     * Breaks text at blanks, and words that are longer than a line anywhere.
     *
     * @param text one line of text
     * @param width how many columns there are
     * @return at least one line
     */
    public static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = fitting(text, from, width);
            if (to < text.length()) {
                int blank = text.lastIndexOf(' ', to);
                if (blank > from) {
                    to = blank;
                } else if (to == from) {
                    // Not even one character fits: a line that is too long is better than none.
                    to += Character.charCount(text.codePointAt(to));
                }
            }
            lines.add(text.substring(from, to));
            from = to < text.length() && text.charAt(to) == ' ' ? to + 1 : to;
        }
        return lines.isEmpty() ? List.of("") : lines;
    }
}
