package dev.atexit;

import dev.atexit.internal.exit.TaskResult;
import dev.atexit.internal.exit.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the handlers of one run: a tree, since a {@link CleanupRegistry} is one entry with entries of its own.
 *
 * <pre>{@code
 * ExitReport report = AtExit.runExitHandlers();
 * if (!report.isClean()) {
 *     System.err.println(report);
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Immutable. <b>Ordering.</b> Entries stand in the order in which they ended. <b>Not
 * guaranteed.</b> Handlers that have no name, ran for at most 1 ms and did not fail are only {@linkplain #others()
 * counted}: a million of them must not fill the memory of a program that is about to end.
 */
public final class ExitReport {
    private final ExitReason reason;
    private final Instant startedAt;
    private final Duration duration;
    private final List<Entry> entries;
    private final int others;

    ExitReport(ExitReason reason, Instant startedAt, Duration duration, List<Entry> entries, int others) {
        this.reason = reason;
        this.startedAt = startedAt;
        this.duration = duration;
        this.entries = entries;
        this.others = others;
    }

    /** How a handler ended, or that it has not. */
    public enum Outcome {
        /** It has not ended: it waits, or it runs. */
        PENDING,
        /** It returned. */
        RAN,
        /** It threw. */
        FAILED,
        /** Its time was up, and it ended when it was interrupted. */
        TIMED_OUT,
        /** Its time was up and it did not react to the interrupt, or it called {@code System.exit}; it may still run. */
        LEFT_BEHIND,
        /** It never started: the deadline had passed. */
        SKIPPED
    }

    /**
     * Why the handlers ran.
     *
     * @return {@link ExitReason.Requested} for a run that the program asked for
     */
    public ExitReason reason() {
        return reason;
    }

    /**
     * When the run began.
     *
     * @return the wall clock's time, in milliseconds
     */
    public Instant startedAt() {
        return startedAt;
    }

    /**
     * How long the whole run took.
     *
     * @return the time from the first handler's start to the last one's end
     */
    public Duration duration() {
        return duration;
    }

    /**
     * The handlers that have a name, ran for more than 1 ms, or did not end well.
     *
     * @return an unmodifiable list in the order in which they ended
     */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * How many handlers ran beside the {@link #entries}, all of them well.
     *
     * @return the count
     */
    public int others() {
        return others;
    }

    /**
     * Whether every handler ran and returned.
     *
     * @return false if an entry, at any depth, failed, timed out, was left behind or skipped
     */
    public boolean isClean() {
        return allClean(entries);
    }

    private static boolean allClean(List<Entry> entries) {
        for (Entry entry : entries) {
            boolean well = entry.outcome == Outcome.RAN || entry.outcome == Outcome.PENDING;
            if (!well || !allClean(entry.children)) {
                return false;
            }
        }
        return true;
    }

    /** Several lines: a head, then one line for each entry, indented by depth. Names are escaped. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        out.append("exit: ").append(Text.escape(reason.toString())).append(", ").append(entries.size() + others);
        out.append(" handlers in ").append(Text.duration(duration.toNanos()));
        append(out, entries, others, "\n  ");
        return out.toString();
    }

    private static void append(StringBuilder out, List<Entry> entries, int others, String indent) {
        for (Entry entry : entries) {
            out.append(indent).append(entry);
            append(out, entry.children, entry.others, indent + "  ");
        }
        if (others > 0) {
            out.append(indent).append("and ").append(others).append(" more, all well");
        }
    }

    /**
     * A lock for which a handler waits.
     *
     * @param lock as the JVM names it: class and identity
     * @param holder who holds it; empty if nobody does, as with a condition
     * @param deadlock threads each of which waits for the next one and the last for the first; empty if there is no deadlock.
     *     A thread that called {@code System.exit} waits for the end of the exit
     */
    public record LockWait(String lock, Optional<ThreadStack> holder, List<ThreadStack> deadlock) {}

    /**
     * Where a thread stands.
     *
     * @param thread its name
     * @param waitsFor the lock it waits for; empty if it waits for none
     * @param stack innermost frame first
     */
    public record ThreadStack(String thread, Optional<String> waitsFor, List<StackTraceElement> stack) {}

    /** One handler, or one registry with its entries. Immutable. */
    public static final class Entry {
        private final String name;
        private final Outcome outcome;
        private final @Nullable Instant registeredAt;
        private final @Nullable Instant startedAt;
        private final Duration duration;
        private final @Nullable Throwable error;
        private final List<Entry> children;
        private final int others;

        /** What the engine knows of it, for messages; null while it is pending. */
        final @Nullable TaskResult result;

        Entry(
                String name,
                Outcome outcome,
                @Nullable Instant registeredAt,
                @Nullable Instant startedAt,
                Duration duration,
                @Nullable Throwable error,
                List<Entry> children,
                int others,
                @Nullable TaskResult result) {
            this.name = name;
            this.outcome = outcome;
            this.registeredAt = registeredAt;
            this.startedAt = startedAt;
            this.duration = duration;
            this.error = error;
            this.children = children;
            this.others = others;
            this.result = result;
        }

        /**
         * What the handler is called.
         *
         * @return its name; without one, what helps to find it, such as its class
         */
        public String name() {
            return name;
        }

        /**
         * How it ended.
         *
         * @return {@link Outcome#PENDING} only in {@link CleanupRegistry#entries}
         */
        public Outcome outcome() {
            return outcome;
        }

        /**
         * Whether it was started and has ended, in whatever way.
         *
         * @return false for one that is pending, was skipped, or was left behind
         */
        public boolean ran() {
            return outcome == Outcome.RAN || outcome == Outcome.FAILED || outcome == Outcome.TIMED_OUT;
        }

        /**
         * When it was registered.
         *
         * @return empty but for the entries of a {@link CleanupRegistry}
         */
        public Optional<Instant> registeredAt() {
            return Optional.ofNullable(registeredAt);
        }

        /**
         * When it started.
         *
         * @return empty if it has not
         */
        public Optional<Instant> startedAt() {
            return Optional.ofNullable(startedAt);
        }

        /**
         * How long it ran, or ran until it was left behind.
         *
         * @return zero if it has not ended
         */
        public Duration duration() {
            return duration;
        }

        /**
         * What it threw.
         *
         * @return empty if it threw nothing
         */
        public Optional<Throwable> error() {
            return Optional.ofNullable(error);
        }

        /**
         * The thread that ran it.
         *
         * @return its name; empty if it has not started, and for a registry
         */
        public Optional<String> thread() {
            return result == null ? Optional.empty() : Optional.ofNullable(result.thread);
        }

        /**
         * Who registered it.
         *
         * @return the frame; empty without {@link ExitPolicy.Builder#sites}, and while it has not ended
         */
        public Optional<StackTraceElement> site() {
            return result == null ? Optional.empty() : Optional.ofNullable(result.site);
        }

        /**
         * The entries of a registry, by the same rule as {@link ExitReport#entries}.
         *
         * @return an unmodifiable list, empty for a handler
         */
        public List<Entry> children() {
            return children;
        }

        /**
         * How many further children ran, all of them well.
         *
         * @return the count
         */
        public int others() {
            return others;
        }

        /** One line: outcome, name, duration, and the error if there is one. */
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder();
            out.append(Outcomes.word(outcome)).append(' ').append(Text.escape(name));
            if (outcome != Outcome.PENDING && outcome != Outcome.SKIPPED) {
                out.append(" (").append(Text.duration(duration.toNanos())).append(')');
            }
            if (error != null) {
                out.append(": ").append(Text.describe(error));
            }
            return out.toString();
        }
    }
}
