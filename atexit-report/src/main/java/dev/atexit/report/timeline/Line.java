package dev.atexit.report.timeline;

import java.util.BitSet;

/** A line of the timeline as it is drawn. */
public sealed interface Line {
    /** How finely the bars of many are drawn in one. */
    int PARTS = 1000;

    /**
     * One entry.
     *
     * @param row the entry
     */
    record One(Row row) implements Line {}

    /**
     * Entries that are drawn in one line, since there are too many.
     *
     * @param depth how many registries they are in
     * @param count how many they are
     * @param trouble how many of them did not simply run and return
     * @param longestNanos the most that one of them took
     * @param busy in which thousandths of the axis at least one of them ran; not to be changed
     */
    record Rest(int depth, int count, int trouble, long longestNanos, BitSet busy) implements Line {}
}
