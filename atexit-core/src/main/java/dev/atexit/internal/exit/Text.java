package dev.atexit.internal.exit;

/** Makes foreign text fit for one line of a terminal or a log, the same under every locale. */
public final class Text {
    private static final String HEX = "0123456789abcdef";

    private Text() {}

    /** Replaces control characters, line separators and lone surrogates by {@code \\uXXXX} and the like. */
    public static String escape(String text) {
        int first = 0;
        while (first < text.length() && !needsEscape(text, first)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!needsEscape(text, i)) {
                out.append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c == '\r') {
                out.append("\\r");
            } else {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt((c >> shift) & 0xf));
                }
            }
        }
        return out.toString();
    }

    private static boolean needsEscape(String text, int index) {
        char c = text.charAt(index);
        if (c < 0x7f) {
            return c < ' ';
        }
        if (c < 0xa0 || c == '\u2028' || c == '\u2029') {
            return true;
        }
        if (c >= '\u200e' && c <= '\u202e') {
            // Direction marks reorder what stands around them.
            return c <= '\u200f' || c >= '\u202a';
        }
        if (c >= '\u2066' && c <= '\u2069') {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    /** The error's {@code toString()} in one line, or its class where even that throws. */
    public static String describe(Throwable error) {
        try {
            return escape(error.toString());
        } catch (Throwable broken) {
            return error.getClass().getName() + " (its toString() threw "
                    + broken.getClass().getName() + ")";
        }
    }

    /** A frame without the names of class loader and module, which one JDK prints and another does not. */
    public static String frame(StackTraceElement frame) {
        String where;
        if (frame.isNativeMethod()) {
            where = "Native Method";
        } else if (frame.getFileName() == null) {
            where = "Unknown Source";
        } else {
            where = frame.getLineNumber() < 0 ? frame.getFileName() : frame.getFileName() + ":" + frame.getLineNumber();
        }
        return escape(frame.getClassName() + "." + frame.getMethodName() + "(" + where + ")");
    }

    /** A duration in the largest unit that shows it with up to three digits after the point, such as {@code 1.5 s}. */
    public static String duration(long nanos) {
        if (nanos < 0) {
            return "-" + duration(nanos == Long.MIN_VALUE ? Long.MAX_VALUE : -nanos);
        }
        if (nanos >= 1_000_000_000L) {
            return fraction(nanos / 1_000_000, " s");
        }
        if (nanos >= 1_000_000L) {
            return fraction(nanos / 1_000, " ms");
        }
        return fraction(nanos, " µs");
    }

    private static String fraction(long thousandths, String unit) {
        long whole = thousandths / 1000;
        int rest = (int) (thousandths % 1000);
        if (rest == 0) {
            return whole + unit;
        }
        String digits = Integer.toString(1000 + rest).substring(1);
        int end = 3;
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return whole + "." + digits.substring(0, end) + unit;
    }
}
