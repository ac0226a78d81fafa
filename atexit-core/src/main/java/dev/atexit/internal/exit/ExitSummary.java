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

    /** Tasks that are named, slow, or did not end well, in the order in which they ended. */
    public final List<TaskResult> results;

    /** How many further tasks ran quickly, without a name and without a failure. */
    public final int quiet;

    ExitSummary(
            @Nullable Reason reason, long startedAtMillis, long durationNanos, List<TaskResult> results, int quiet) {
        this.reason = reason;
        this.startedAtMillis = startedAtMillis;
        this.durationNanos = durationNanos;
        this.results = results;
        this.quiet = quiet;
    }
}
