package dev.atexit.report.timeline;

import dev.atexit.internal.exit.Text;

/** Foreign text as it is shown to people: in one line, in its own direction, with everything visible that is there. */
public final class Shown {
    private static final String CUT = "…";

    private Shown() {}

    /**
     * Replaces what cannot be seen, or moves what stands around it, by its escape.
     *
     * @param text any text
     * @return text without control characters, lone surrogates, noncharacters and direction marks
     */
    public static String whole(String text) {
        String escaped = Text.escape(text);
        int first = 0;
        while (first < escaped.length() && !isHidden(escaped.codePointAt(first))) {
            first += Character.charCount(escaped.codePointAt(first));
        }
        if (first == escaped.length()) {
            return escaped;
        }
        StringBuilder out = new StringBuilder(escaped.length() + 16).append(escaped, 0, first);
        for (int i = first; i < escaped.length(); ) {
            int c = escaped.codePointAt(i);
            i += Character.charCount(c);
            if (!isHidden(c)) {
                out.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    out.append("\\u").append(Integer.toHexString(0x10000 + unit), 1, 5);
                }
            }
        }
        return out.toString();
    }

    /** The joiners stay: names of several languages, and many emoji, are other ones without them. */
    private static boolean isHidden(int c) {
        if (c < 0xad) {
            return false;
        }
        return c == 0xad
                || c == 0x61c
                || c == 0x180e
                || c == 0x200b
                || (c >= 0x2060 && c <= 0x206f)
                || c == 0xfeff
                || (c >= 0xfff0 && c <= 0xfffb)
                || (c >= 0xfdd0 && c <= 0xfdef)
                || (c & 0xfffe) == 0xfffe
                || (c >= 0xe0000 && c <= 0xe0fff);
    }

    /**
     * The beginning of a long text.
     *
     * @param text any text
     * @param most how many characters are enough
     * @return as {@link #whole}, and dots where it was cut
     */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return whole(text);
        }
        boolean splits = Character.isHighSurrogate(text.charAt(most - 1));
        return whole(text.substring(0, splits ? most - 1 : most)) + CUT;
    }

    /**
     * A name; one that is empty is called so.
     *
     * @param name any text
     * @param most how many characters are enough
     * @return never empty
     */
    public static String name(String name, int most) {
        return name.isBlank() && name.length() < most ? "(blank)" : cut(name, most);
    }

    /**
     * A duration with about three digits that count: {@code 12.3 ms}, {@code 4.82 s}, {@code 17 min 5 s}.
     *
     * @param nanos not negative
     * @return a number and a unit
     */
    public static String duration(long nanos) {
        if (nanos < 1_000) {
            return nanos == 0 ? "0 s" : "< 1 µs";
        }
        if (nanos < 999_500) {
            return digits(nanos, 1_000) + " µs";
        }
        if (nanos < 999_500_000L) {
            return digits(nanos, 1_000_000) + " ms";
        }
        if (nanos < 120_000_000_000L) {
            return digits(nanos, 1_000_000_000) + " s";
        }
        long seconds = nanos / 1_000_000_000 + (nanos % 1_000_000_000 >= 500_000_000 ? 1 : 0);
        if (seconds < 7200) {
            return joined(seconds / 60, " min", seconds % 60, " s");
        }
        long minutes = seconds / 60;
        return minutes < 2880
                ? joined(minutes / 60, " h", minutes % 60, " min")
                : joined(minutes / 1440, " days", minutes / 60 % 24, " h");
    }

    private static String joined(long large, String largeUnit, long small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
    }

    private static String digits(long nanos, long unit) {
        double value = nanos / (double) unit;
        if (value >= 99.95) {
            return Long.toString(Math.round(value));
        }
        long hundredths = value >= 9.995 ? Math.round(value * 10) * 10 : Math.round(value * 100);
        long rest = hundredths % 100;
        if (rest == 0) {
            return Long.toString(hundredths / 100);
        }
        String fraction = rest % 10 == 0 ? Long.toString(rest / 10) : rest < 10 ? "0" + rest : Long.toString(rest);
        return hundredths / 100 + "." + fraction;
    }

    /**
     * A number and its noun.
     *
     * @param count the number
     * @param noun in the singular
     * @return such as {@code 12,345 handlers}
     */
    public static String count(long count, String noun) {
        return grouped(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /**
     * A number that can be read.
     *
     * @param number any number
     * @return its digits in groups of three
     */
    public static String grouped(long number) {
        String digits = Long.toString(number);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && (digits.length() - i) % 3 == 0 && digits.charAt(i - 1) != '-') {
                out.append(',');
            }
            out.append(digits.charAt(i));
        }
        return out.toString();
    }
}
