package dev.atexit.internal.exit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something an observer is told of. Which fields are set depends on the kind. Immutable. */
public final class Notice {
    /** What happened. */
    public enum Kind {
        /** The exit began. */
        BEGAN,
        /** A task is about to run: {@link #label}. Only for observers that want everything. */
        STARTED,
        /** A task ended by itself: {@link #result}. */
        FINISHED,
        /** A task has been running for a long time: {@link #label}, {@link #nanos}, {@link #stall}. */
        STUCK,
        /** A task's time was up and it ended when interrupted: {@link #result}. */
        TIMED_OUT,
        /** A task was given up: {@link #result}. */
        LEFT_BEHIND,
        /** The deadline passed before these ran: {@link #results}. */
        SKIPPED,
        /** A line for the person in front of it: {@link #label}. */
        WARNING,
        /** The exit is over: {@link #result}. */
        ENDED
    }

    /** What happened. */
    public final Kind kind;

    /** A label or a line, or empty. */
    public final String label;

    /** Nanoseconds since the task began, or since the exit began. */
    public final long nanos;

    /** Where a stuck task stands, or one stood that was cut off; null otherwise. */
    public final @Nullable Stall stall;

    /** Who registered a stuck task; null where that is not kept. */
    public final @Nullable StackTraceElement site;

    /** What became of the task, or null. */
    public final @Nullable TaskResult result;

    /** What became of several tasks. */
    public final List<TaskResult> results;

    /** The whole exit, with {@link Kind#ENDED}. */
    public final @Nullable ExitSummary summary;

    private Notice(
            Kind kind,
            String label,
            long nanos,
            @Nullable Stall stall,
            @Nullable StackTraceElement site,
            @Nullable TaskResult result,
            List<TaskResult> results,
            @Nullable ExitSummary summary) {
        this.kind = kind;
        this.label = label;
        this.nanos = nanos;
        this.stall = stall;
        this.site = site;
        this.result = result;
        this.results = results;
        this.summary = summary;
    }

    static Notice began() {
        return new Notice(Kind.BEGAN, "", 0, null, null, null, List.of(), null);
    }

    static Notice started(String label) {
        return new Notice(Kind.STARTED, label, 0, null, null, null, List.of(), null);
    }

    /** A task ended, in whatever way. */
    public static Notice ended(Kind kind, TaskResult result) {
        return new Notice(kind, result.label, result.durationNanos, result.stall, result.site, result, List.of(), null);
    }

    /** A task has been running for a long time. */
    public static Notice stuck(String label, long nanos, Stall stall, @Nullable StackTraceElement site) {
        return new Notice(Kind.STUCK, label, nanos, stall, site, null, List.of(), null);
    }

    /** These tasks never started. */
    public static Notice skipped(List<TaskResult> results) {
        return new Notice(Kind.SKIPPED, "", 0, null, null, null, results, null);
    }

    /** A line for the person in front of it. */
    public static Notice warning(String line) {
        return new Notice(Kind.WARNING, line, 0, null, null, null, List.of(), null);
    }

    /** The exit is over. */
    public static Notice over(ExitSummary summary) {
        return new Notice(Kind.ENDED, "", summary.durationNanos, null, null, null, List.of(), summary);
    }
}
