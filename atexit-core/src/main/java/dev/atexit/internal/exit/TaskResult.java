package dev.atexit.internal.exit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one task. Immutable. */
public final class TaskResult {
    /** The name the user gave, or null. */
    public final @Nullable String name;

    /** What to call it. */
    public final String label;

    /** What kind of thing it is: {@code handler}, {@code registry} and the like. */
    public final String noun;

    /** How it ended. */
    public final Outcome outcome;

    /** Wall clock at its start, in milliseconds since 1970; 0 if it never started. */
    public final long startedAtMillis;

    /** When it started, in nanoseconds since the run began; 0 if it never started. */
    public final long startNanos;

    /** The name of the thread that ran it; null if it never started, or stood for others. */
    public final @Nullable String thread;

    /** Its own bound in nanoseconds, 0 for none. */
    public final long timeoutNanos;

    /** Wall clock at its registration, in milliseconds since 1970; 0 where that is not kept. */
    public final long registeredAtMillis;

    /** The names it waited for. */
    public final String[] waitedFor;

    /** How long it ran, or ran until it was left behind. */
    public final long durationNanos;

    /** What it threw, or null. */
    public final @Nullable Throwable error;

    /** Where it stood when it was stuck, timed out, or was left behind; null if it was not. */
    public final @Nullable Stall stall;

    /** Who registered it; null where that is not kept. */
    public final @Nullable StackTraceElement site;

    /** Whether it stands in a call of {@code System.exit}. */
    public final boolean calledExit;

    /** The results of the tasks it stood for. */
    public final List<TaskResult> children;

    /** How many further children ran quickly, without a name and without a failure. */
    public final int quietChildren;

    final String failureLine;
    final boolean printsStackTrace;

    private TaskResult(Builder builder, Outcome outcome, long durationNanos) {
        this.name = builder.task.name();
        this.label = builder.task.label();
        this.noun = builder.task.noun();
        this.timeoutNanos = builder.task.timeoutNanos();
        this.registeredAtMillis = builder.task.registeredAtMillis();
        this.waitedFor = builder.task.waitsFor();
        this.startNanos = builder.startNanos;
        this.thread = builder.thread;
        this.outcome = outcome;
        this.startedAtMillis = builder.startedAtMillis;
        this.durationNanos = durationNanos;
        this.error = builder.error;
        this.stall = builder.stall;
        this.site = builder.task.site();
        this.calledExit = builder.calledExit;
        this.children = builder.children;
        this.quietChildren = builder.quietChildren;
        this.failureLine = builder.failureLine;
        this.printsStackTrace = builder.task.printsStackTrace();
    }

    /** Whether there is nothing to say about it, but that it ran. */
    boolean isQuiet(long slowNanos) {
        return outcome == Outcome.RAN && name == null && durationNanos <= slowNanos && children.isEmpty();
    }

    /** Gathers what is known of a task. */
    static final class Builder {
        final Task task;
        private long startedAtMillis;
        private long startNanos;
        private @Nullable String thread;
        private @Nullable Throwable error;
        private String failureLine = "";
        private @Nullable Stall stall;
        private boolean calledExit;
        private List<TaskResult> children = List.of();
        private int quietChildren;

        /** Of a task that never started. */
        Builder(Task task) {
            this.task = task;
        }

        /** When it started: by the wall clock, and in nanoseconds since the run began. */
        Builder started(long millis, long nanos) {
            startedAtMillis = millis;
            startNanos = nanos;
            return this;
        }

        /** Who ran it. */
        Builder on(Thread runner) {
            thread = runner.getName();
            return this;
        }

        /** Runs the error's own {@code toString}, so never call it with a lock held. */
        Builder error(Throwable thrown) {
            error = thrown;
            failureLine = task.failureLine(Text.describe(thrown));
            return this;
        }

        /** Where it stood when it did not go on; null if it was never looked at. */
        Builder stall(@Nullable Stall where) {
            stall = where;
            return this;
        }

        Builder calledExit(boolean inExit) {
            calledExit = inExit;
            return this;
        }

        Builder children(List<TaskResult> results, int quiet) {
            children = List.copyOf(results);
            quietChildren = quiet;
            return this;
        }

        TaskResult build(Outcome outcome, long durationNanos) {
            return new TaskResult(this, outcome, durationNanos);
        }
    }
}
