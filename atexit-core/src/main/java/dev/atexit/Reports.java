package dev.atexit;

import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.Outcome;
import dev.atexit.internal.exit.Reason;
import dev.atexit.internal.exit.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in the public vocabulary what the engine has found. */
final class Reports {
    private Reports() {}

    static ExitReport report(ExitSummary summary) {
        return new ExitReport(
                reason(summary.reason),
                Instant.ofEpochMilli(summary.startedAtMillis),
                Duration.ofNanos(summary.durationNanos),
                entries(summary.results),
                summary.quiet);
    }

    static List<ExitReport.Entry> entries(List<TaskResult> results) {
        List<ExitReport.Entry> entries = new ArrayList<>(results.size());
        for (TaskResult result : results) {
            entries.add(entry(result, null));
        }
        return Collections.unmodifiableList(entries);
    }

    static ExitReport.Entry entry(TaskResult result, @Nullable Instant registeredAt) {
        return new ExitReport.Entry(
                result.label,
                outcome(result.outcome),
                registeredAt,
                result.startedAtMillis == 0 ? null : Instant.ofEpochMilli(result.startedAtMillis),
                Duration.ofNanos(result.durationNanos),
                result.error,
                entries(result.children),
                result.quietChildren,
                result);
    }

    static ExitReport.Outcome outcome(Outcome outcome) {
        if (outcome == Outcome.RAN) {
            return ExitReport.Outcome.RAN;
        }
        if (outcome == Outcome.FAILED) {
            return ExitReport.Outcome.FAILED;
        }
        if (outcome == Outcome.TIMED_OUT) {
            return ExitReport.Outcome.TIMED_OUT;
        }
        if (outcome == Outcome.LEFT_BEHIND) {
            return ExitReport.Outcome.LEFT_BEHIND;
        }
        return outcome == Outcome.SKIPPED ? ExitReport.Outcome.SKIPPED : ExitReport.Outcome.PENDING;
    }

    /** Null stands for a run that was asked for. */
    static ExitReason reason(@Nullable Reason reason) {
        if (reason == null) {
            return new ExitReason.Requested();
        }
        if (reason.signal != null) {
            return new ExitReason.Signal(reason.signal);
        }
        if (reason.threadName != null && reason.error != null) {
            return new ExitReason.Uncaught(reason.threadName, reason.error);
        }
        return reason.kind == Reason.Kind.SYSTEM_EXIT
                ? new ExitReason.SystemExit(Optional.ofNullable(reason.caller))
                : new ExitReason.EndOfMain();
    }
}
