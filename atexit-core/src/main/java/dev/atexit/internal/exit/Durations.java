package dev.atexit.internal.exit;

/** Reads durations as operators write them. */
public final class Durations {
    private static final String[] UNITS = {"ms", "s", "m", "h"};
    private static final long[] UNIT_NANOS = {1_000_000L, 1_000_000_000L, 60_000_000_000L, 3_600_000_000_000L};
    private static final long MAX_NANOS = 365L * 24 * 3_600_000_000_000L;

    private Durations() {}

    /**
     * Reads {@code 500ms}, {@code 25s}, {@code 2m}, {@code 1h}, or {@code 0}.
     *
     * @return nanoseconds, at most a year; -1 if the text is anything else
     */
    public static long parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("0")) {
            return 0;
        }
        int digits = 0;
        while (digits < trimmed.length() && trimmed.charAt(digits) >= '0' && trimmed.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > 12) {
            return -1;
        }
        String unit = trimmed.substring(digits);
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equalsIgnoreCase(unit)) {
                long value = Long.parseLong(trimmed.substring(0, digits));
                return value > MAX_NANOS / UNIT_NANOS[i] ? MAX_NANOS : value * UNIT_NANOS[i];
            }
        }
        return -1;
    }
}
