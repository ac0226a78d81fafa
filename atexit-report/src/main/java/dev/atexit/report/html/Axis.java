package dev.atexit.report.html;

/** Turns times into places, as percentages of the width: so the page needs no script to fit any window. */
final class Axis {
    private final long nanos;

    Axis(long nanos) {
        this.nanos = nanos;
    }

    /** How far from the left a time is, from 0 to 100. */
    double at(long time) {
        return Math.min(100, time * 100.0 / nanos);
    }

    String place(long time) {
        return percent(at(time));
    }

    String width(long from, long to) {
        return percent(at(to) - at(from));
    }

    static String percent(double value) {
        long fine = Math.round(Math.max(0, value) * 10_000);
        String rest = Long.toString(10_000 + fine % 10_000).substring(1);
        int end = 4;
        while (end > 0 && rest.charAt(end - 1) == '0') {
            end--;
        }
        return fine / 10_000 + (end == 0 ? "" : "." + rest.substring(0, end)) + "%";
    }
}
