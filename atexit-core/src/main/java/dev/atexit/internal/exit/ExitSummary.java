package dev.atexit.internal.exit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one run of handlers came to. Immutable. */
public final class ExitSummary {
    /** Why the program ended; null for a run that was asked for. */
    public final @Nullable Reason reason;

    /** Wall clock at the beginning, in milliseconds since 1970. */
    public final long startedAtMillis;

    /** How long it took. */
    public final long durationNanos;

    /** The bound of the whole exit in nanoseconds; 0 for none. */
    public final long deadlineNanos;

    /** Whether everything has ended; if not, what still runs is among the results. */
    public final boolean complete;

    /** Lines for the person in front of it. */
    public final List<String> warnings;

    /** Tasks that are named, slow, or did not end well, in the order in which they ended. */
    public final List<TaskResult> results;

    /** How many further tasks ran quickly, without a name and without a failure. */
    public final int quiet;

    ExitSummary(
            @Nullable Reason reason,
            long startedAtMillis,
            long durationNanos,
            long deadlineNanos,
            boolean complete,
            List<String> warnings,
            List<TaskResult> results,
            int quiet) {
        this.reason = reason;
        this.deadlineNanos = deadlineNanos;
        this.complete = complete;
        this.warnings = warnings;
        this.startedAtMillis = startedAtMillis;
        this.durationNanos = durationNanos;
        this.results = results;
        this.quiet = quiet;
    }

    /** Whether everything ran and returned. */
    public boolean isClean() {
        return complete && isClean(results);
    }

    private static boolean isClean(List<TaskResult> results) {
        for (TaskResult result : results) {
            if (result.outcome != Outcome.RAN || !isClean(result.children)) {
                return false;
            }
        }
        return true;
    }
}
