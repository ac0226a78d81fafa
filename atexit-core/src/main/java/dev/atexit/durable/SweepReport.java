package dev.atexit.durable;

import dev.atexit.internal.exit.Text;
import dev.atexit.internal.journal.Header;
import dev.atexit.internal.sweep.Performed;
import dev.atexit.internal.sweep.SweptJournal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@link Sweeper} has found, and what became of it.
 *
 * <pre>{@code
 * SweepReport report = Sweeper.builder().build().sweep();
 * if (report.count(SweepReport.State.LEFT) > 0) {
 *     System.err.println(report);
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Immutable. <b>Ordering.</b> The oldest journal first, and in each the newest item.
 * <b>Not guaranteed.</b> Only the first 10,000 journals, 1,000 items of one, and 100,000 items in all are kept; the rest are
 * counted. Of what a command prints the last 4,096 bytes are kept, and of what all of them print the first million characters.
 */
public final class SweepReport {
    static final int MAX_JOURNALS = 10_000;
    static final int MAX_ITEMS = 1_000;
    static final int MAX_ALL_ITEMS = 100_000;
    static final int MAX_ALL_OUTPUT_CHARS = 1_000_000;

    private final Path directory;
    private final List<Journal> journals;
    private final Map<State, Integer> counts;

    SweepReport(Path directory, List<Journal> journals, Map<State, Integer> counts) {
        this.directory = directory;
        this.journals = List.copyOf(journals);
        this.counts = Map.copyOf(counts);
    }

    /** How it stands with a journal. */
    public enum State {
        /** Its program lives, and was left in peace. */
        ALIVE,
        /** Nothing is owed any more; the journal is deleted. */
        SWEPT,
        /** Something is still owed. */
        LEFT,
        /** It was written on another machine, or that cannot be told, and was only listed. */
        OTHER_HOST,
        /** It could have been written by others, or is no journal that this version can read. */
        REFUSED,
        /** Five sweeps could not do everything; it is put aside. */
        QUARANTINED
    }

    /** How it stands with one thing that was owed. */
    public enum Outcome {
        /** It was done now. */
        DONE,
        /** There was nothing left to do. */
        GONE,
        /** Something else is there, or nothing proves that it was the program's; it is left alone, for good. */
        LEFT_ALONE,
        /** It is still owed, and tried again by the next sweep. */
        FAILED,
        /** It is a command, and was not to be run; it is still owed. */
        NOT_RUN,
        /** It is owed, and nothing was tried. */
        OWED
    }

    /**
     * Where the journals are.
     *
     * @return the directory, which need not exist
     */
    public Path directory() {
        return directory;
    }

    /**
     * The journals that were found.
     *
     * @return an unmodifiable list, the oldest first
     */
    public List<Journal> journals() {
        return journals;
    }

    /**
     * How many journals there are in a state, also of those that are not listed.
     *
     * @param state the state
     * @return the count
     */
    public int count(State state) {
        return counts.getOrDefault(state, 0);
    }

    /**
     * How many journals are not listed.
     *
     * @return the count, 0 unless there are very many
     */
    public int omitted() {
        int all = 0;
        for (int count : counts.values()) {
            all += count;
        }
        return all - journals.size();
    }

    /** The report in lines of text, with control characters escaped. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(Text.escape(directory.toString())).append(": ");
        for (State state : State.values()) {
            out.append(state == State.ALIVE ? "" : ", ")
                    .append(count(state))
                    .append(' ')
                    .append(state);
        }
        for (Journal journal : journals) {
            out.append('\n').append(journal);
        }
        return out.toString();
    }

    /** One journal, which is one process. Immutable. */
    public static final class Journal {
        private final String id;
        private final State state;
        private final String reason;
        private final int tries;
        private final long pid;
        private final String host;
        private final String program;
        private final long startedMillis;
        private final long createdMillis;
        private final List<Item> items;
        private final int omitted;

        Journal(SweptJournal swept, State state, List<Item> items, int omitted) {
            Header header = swept.header();
            this.id = swept.id;
            this.state = state;
            this.reason = swept.reason();
            this.tries = swept.tries();
            this.pid = header == null ? -1 : header.process.pid;
            this.host = header == null ? "" : header.process.host;
            this.program = header == null ? "" : header.program;
            this.startedMillis = header == null ? 0 : header.process.startedMillis;
            this.createdMillis = header == null ? 0 : header.createdMillis;
            this.items = List.copyOf(items);
            this.omitted = omitted;
        }

        /**
         * Its name.
         *
         * @return 32 hexadecimal digits
         */
        public String id() {
            return id;
        }

        /**
         * How it stands.
         *
         * @return the state when it was looked at
         */
        public State state() {
            return state;
        }

        /**
         * Why it is so.
         *
         * @return empty if there is nothing to say
         */
        public String reason() {
            return reason;
        }

        /**
         * How many sweeps have left something.
         *
         * @return the count, this sweep included
         */
        public int tries() {
            return tries;
        }

        /**
         * The number of the process, where it ran.
         *
         * @return empty if the journal was not read
         */
        public OptionalLong pid() {
            return pid < 0 ? OptionalLong.empty() : OptionalLong.of(pid);
        }

        /**
         * The name of the machine.
         *
         * @return empty if the journal was not read
         */
        public String host() {
            return host;
        }

        /**
         * What ran, for people.
         *
         * @return empty if it is not known
         */
        public String program() {
            return program;
        }

        /**
         * When the process began.
         *
         * @return empty if it is not known
         */
        public Optional<Instant> startedAt() {
            return startedMillis <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(startedMillis));
        }

        Instant createdAt() {
            return Instant.ofEpochMilli(createdMillis);
        }

        /**
         * What was owed.
         *
         * @return an unmodifiable list, the newest first
         */
        public List<Item> items() {
            return items;
        }

        /**
         * How many items are not listed.
         *
         * @return the count, 0 unless there are very many
         */
        public int omitted() {
            return omitted;
        }

        /** The journal in lines of text, with control characters escaped. */
        @Override
        public String toString() {
            StringBuilder out = new StringBuilder(id).append(' ').append(state);
            if (pid >= 0) {
                out.append(" pid ").append(pid).append(" on ").append(Text.escape(host));
            }
            if (!program.isEmpty()) {
                out.append(" (").append(Text.escape(program)).append(')');
            }
            if (!reason.isEmpty()) {
                out.append(": ").append(Text.escape(reason));
            }
            for (Item item : items) {
                out.append("\n  ").append(item);
                if (!item.output().isEmpty()) {
                    for (String line : item.output().lines().toList()) {
                        out.append("\n    | ").append(Text.escape(line));
                    }
                }
            }
            if (omitted > 0) {
                out.append("\n  and ").append(omitted).append(" more");
            }
            return out.toString();
        }
    }

    /** One thing that was owed. Immutable. */
    public static final class Item {
        private final String action;
        private final String target;
        private final Outcome outcome;
        private final String reason;
        private final String output;

        Item(Performed performed, String output) {
            this.action = performed.action;
            this.target = performed.target;
            this.outcome = Outcome.valueOf(performed.outcome.name());
            this.reason = performed.reason;
            this.output = output;
        }

        /**
         * What was to be done.
         *
         * @return such as {@code delete tree}
         */
        public String action() {
            return action;
        }

        /**
         * To what.
         *
         * @return a path, or a command; not escaped
         */
        public String target() {
            return target;
        }

        /**
         * What became of it.
         *
         * @return the outcome
         */
        public Outcome outcome() {
            return outcome;
        }

        /**
         * Why.
         *
         * @return empty if there is nothing to say
         */
        public String reason() {
            return reason;
        }

        /**
         * What a command has printed last, on its standard output and its standard error.
         *
         * @return empty if it is no command, was not run, or has printed nothing; not escaped
         */
        public String output() {
            return output;
        }

        /** The item in one line, without its output and with control characters escaped. */
        @Override
        public String toString() {
            String why = reason.isEmpty() ? "" : ": " + Text.escape(reason);
            return outcome + " " + action + " " + Text.escape(target) + why;
        }
    }
}
