package dev.atexit.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An exit as its report tells it: what {@code docs/report-format.md} says, field by field.
 *
 * <pre>{@code
 * RecordedExit exit = ReportReader.read(Path.of("exit.json"));
 * HtmlPage.of(exit).write(Path.of("exit.html"));
 * }</pre>
 *
 * <p><b>Threading.</b> Immutable, as its lists are if a {@link ReportReader} made them. <b>Ordering.</b> Entries stand in the order in which they ended. <b>Time.</b> Nanoseconds
 * from the beginning of the exit. <b>Not guaranteed.</b> All text comes from the program that ended, and may hold any
 * character.
 *
 * @param writer who wrote the report
 * @param complete false if it was written before the exit was over
 * @param program what ended
 * @param reason why it ended
 * @param startedAt when the exit began, by the wall clock
 * @param durationNanos how long it took
 * @param deadlineNanos its bound, if there was one
 * @param clean whether everything ran and returned
 * @param others how many further handlers ran, quickly and without a name
 * @param omitted how many entries the writer left out
 * @param entries the handlers
 * @param warnings lines for the person in front of it
 */
public record RecordedExit(
        String writer,
        boolean complete,
        Program program,
        Reason reason,
        Instant startedAt,
        long durationNanos,
        OptionalLong deadlineNanos,
        boolean clean,
        long others,
        long omitted,
        List<Entry> entries,
        List<String> warnings) {

    /**
     * The program that ended.
     *
     * @param pid its process
     * @param java the version of its runtime
     * @param command its main class or jar, where known
     */
    public record Program(long pid, String java, Optional<String> command) {}

    /** How the end began. */
    public enum Cause {
        /** A signal came. */
        SIGNAL("signal"),
        /** {@code System.exit} was called. */
        EXIT("exit"),
        /** The last thread ended. */
        END_OF_MAIN("end-of-main"),
        /** An exception ended the last thread. */
        UNCAUGHT("uncaught"),
        /** The program asked for a run of its handlers, and lived on. */
        REQUESTED("requested");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /**
         * Its word in a report.
         *
         * @return such as {@code end-of-main}
         */
        public String word() {
            return word;
        }
    }

    /**
     * Why the program ended.
     *
     * @param kind how the end began
     * @param text the same for people
     * @param signal the signal's name without {@code SIG}
     * @param caller the frame that called {@code System.exit}, where known
     * @param thread the thread that an exception ended
     * @param error that exception
     */
    public record Reason(
            Cause kind,
            String text,
            Optional<String> signal,
            Optional<String> caller,
            Optional<String> thread,
            Optional<Failure> error) {}

    /** What became of an entry. */
    public enum Outcome {
        /** It returned. */
        RAN("ran"),
        /** It threw. */
        FAILED("failed"),
        /** Its time was up, and it ended when it was interrupted. */
        TIMED_OUT("timed-out"),
        /** Its time was up, and it did not react. */
        LEFT_BEHIND("left-behind"),
        /** It never started: the deadline had passed. */
        SKIPPED("skipped"),
        /** It ran when the report was written. */
        RUNNING("running"),
        /** It had not started when the report was written. */
        PENDING("pending");

        private final String word;

        Outcome(String word) {
            this.word = word;
        }

        /**
         * Its word in a report.
         *
         * @return such as {@code timed-out}
         */
        public String word() {
            return word;
        }

        /**
         * Whether it began to run.
         *
         * @return false for what was skipped and what is pending
         */
        public boolean isStarted() {
            return this != SKIPPED && this != PENDING;
        }
    }

    /**
     * A handler, or a registry with handlers of its own.
     *
     * @param name what it is called
     * @param kind the library's word for it
     * @param outcome what became of it
     * @param startNanos when it started, if it did
     * @param durationNanos how long it ran, or ran until it was left behind
     * @param thread the thread that ran it
     * @param timeoutNanos its own bound
     * @param registeredAt when it was registered
     * @param site the frame that registered it
     * @param after the names that it waited for
     * @param error what it threw
     * @param stall where it stood when it was stuck or left behind
     * @param entries of a registry: what it ran
     * @param others of a registry: how many further handlers ran
     * @param omitted of a registry: how many entries the writer left out
     */
    public record Entry(
            String name,
            String kind,
            Outcome outcome,
            OptionalLong startNanos,
            OptionalLong durationNanos,
            Optional<String> thread,
            OptionalLong timeoutNanos,
            Optional<Instant> registeredAt,
            Optional<String> site,
            List<String> after,
            Optional<Failure> error,
            Optional<Stall> stall,
            List<Entry> entries,
            long others,
            long omitted) {
        /**
         * Whether it has, or could have, entries of its own.
         *
         * @return true for a registry
         */
        public boolean isGroup() {
            return !entries.isEmpty() || others > 0 || omitted > 0 || kind.equals("registry");
        }
    }

    /**
     * What was thrown.
     *
     * @param type the name of its class
     * @param message its message, if it has one
     * @param frames its stack
     * @param cause what caused it
     * @param suppressed what it suppressed
     * @param omitted how many frames, causes and suppressed errors were left out
     */
    public record Failure(
            String type,
            Optional<String> message,
            List<String> frames,
            Optional<Failure> cause,
            List<Failure> suppressed,
            long omitted) {}

    /**
     * Where a handler stood.
     *
     * @param frames its stack
     * @param calledExit whether it stood in {@code System.exit}, which never returns there
     * @param lock what it waited for
     * @param owner who held that
     * @param deadlock the threads that waited for one another; empty if they did not
     */
    public record Stall(
            List<String> frames,
            boolean calledExit,
            Optional<String> lock,
            Optional<ThreadStack> owner,
            List<ThreadStack> deadlock) {}

    /**
     * A thread and where it stood.
     *
     * @param thread its name
     * @param lock what it waited for
     * @param frames its stack
     */
    public record ThreadStack(String thread, Optional<String> lock, List<String> frames) {}
}
