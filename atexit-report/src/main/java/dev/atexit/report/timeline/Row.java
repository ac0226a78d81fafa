package dev.atexit.report.timeline;

import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * An entry at its place in the timeline. One that never started has no bar: it starts and ends where its registry, or
 * the exit, does.
 *
 * @param entry what the report says
 * @param number from 0, in the order of the timeline
 * @param depth how many registries it is in
 * @param parent the registry that it is in
 * @param waitFromNanos from when on it waited until it started; its start if it did not wait
 * @param startNanos when it started
 * @param endNanos when it ended, or was given up
 * @param critical whether it is on the path that decided how long the exit took
 */
public record Row(
        Entry entry,
        int number,
        int depth,
        @Nullable Row parent,
        long waitFromNanos,
        long startNanos,
        long endNanos,
        boolean critical) {

    /**
     * How long it ran.
     *
     * @return 0 if it never started
     */
    public long durationNanos() {
        return endNanos - startNanos;
    }

    /**
     * How long it waited.
     *
     * @return 0 if it did not, and outside of a registry
     */
    public long waitNanos() {
        return startNanos - waitFromNanos;
    }

    /**
     * Whether it did not simply run and return.
     *
     * @return true if it failed, was late, never started or still runs
     */
    public boolean isTrouble() {
        return entry.outcome() != Outcome.RAN;
    }
}
