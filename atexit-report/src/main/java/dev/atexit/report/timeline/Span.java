package dev.atexit.report.timeline;

import dev.atexit.report.RecordedExit.Entry;

/** When an entry that has started did so, and when it ended. No sum of a hostile file's numbers turns negative. */
final class Span {
    private Span() {}

    static long start(Entry entry) {
        return entry.startNanos().orElse(0);
    }

    static long end(Entry entry) {
        long sum = start(entry) + entry.durationNanos().orElse(0);
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
