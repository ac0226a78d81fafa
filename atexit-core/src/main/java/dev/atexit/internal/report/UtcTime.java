package dev.atexit.internal.report;

/**
 * A time as in {@code 2026-01-31T23:59:59.123Z}, by arithmetic of its own: the JDK's formatters cost more at a program's
 * end than all the rest of a report. The days are counted in years that begin in March, as in Howard Hinnant's "chrono-
 * Compatible Low-Level Date Algorithms" (https://howardhinnant.github.io/date_algorithms.html).
 */
final class UtcTime {
    private static final long MILLIS_PER_DAY = 86_400_000L;
    private static final int DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;

    /** From the first of March of the year 0 to the first of January 1970. */
    private static final int EPOCH_DAY = 719_468;

    private UtcTime() {}

    static String format(long millis) {
        long day = Math.floorDiv(millis, MILLIS_PER_DAY) + EPOCH_DAY;
        int milli = (int) Math.floorMod(millis, MILLIS_PER_DAY);
        long era = Math.floorDiv(day, (long) DAYS_PER_ERA);
        int dayOfEra = (int) Math.floorMod(day, (long) DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int march = (5 * dayOfYear + 2) / 153;
        int month = march < 10 ? march + 3 : march - 9;
        long year = yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0);
        StringBuilder out = new StringBuilder(24);
        digits(out, year, 4).append('-');
        digits(out, month, 2).append('-');
        digits(out, dayOfYear - (153 * march + 2) / 5 + 1, 2).append('T');
        digits(out, milli / 3_600_000, 2).append(':');
        digits(out, milli / 60_000 % 60, 2).append(':');
        digits(out, milli / 1000 % 60, 2).append('.');
        return digits(out, milli % 1000, 3).append('Z').toString();
    }

    private static StringBuilder digits(StringBuilder out, long value, int width) {
        if (value < 0) {
            out.append('-');
        }
        String digits = Long.toString(Math.abs(value));
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        return out.append(digits);
    }
}
