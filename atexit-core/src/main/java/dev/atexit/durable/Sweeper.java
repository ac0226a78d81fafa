package dev.atexit.durable;

import dev.atexit.internal.journal.JournalNames;
import dev.atexit.internal.process.StateDirectory;
import dev.atexit.internal.sweep.SweepOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the journals of programs that have ended without cleaning up, and does what stands in them: deletes their
 * temporary files and trees, removes their pid files, and runs their commands if asked to.
 *
 * <pre>{@code
 * SweepReport report = Sweeper.builder().build().sweep();
 * for (SweepReport.Journal journal : report.journals()) {
 *     System.out.println(journal);
 * }
 * }</pre>
 *
 * <p>A program lives as long as it holds the lock of its journal; it is never swept, nor is this one. What is deleted must
 * be what was recorded: a file of the same name that came later is left alone. Journals are refused if they could have
 * been written by anybody but this user, and the superuser sweeps only what is its own.
 *
 * <p><b>Threading.</b> Immutable. Any number of sweeps may run at once, here and in other processes; one of them gets a
 * journal, the others report it as alive or at work.
 *
 * <p><b>Ordering.</b> Within a journal, the newest first; between journals, none.
 *
 * <p><b>Failure.</b> What cannot be done is in the report and is tried again by the next sweep; after five of those the
 * journal is put aside. A sweep may be interrupted or killed at any instant. An interrupt ends it between two deletions.
 *
 * <p><b>Time.</b> No bound of its own; commands have theirs.
 *
 * <p><b>Not guaranteed.</b> That something is deleted of which only the intent was recorded, unless its name is one that
 * nobody else could have.
 */
public final class Sweeper {
    private final @Nullable Path stateDirectory;
    private final boolean dryRun;
    private final boolean runCommands;
    private final boolean otherHosts;

    private Sweeper(Builder builder) {
        this.stateDirectory = builder.stateDirectory;
        this.dryRun = builder.dryRun;
        this.runCommands = builder.runCommands;
        this.otherHosts = builder.otherHosts;
    }

    /**
     * Begins with what is safe: deletions of this machine's programs only.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sweeps all journals, or says what it would do.
     *
     * @return what became of each
     * @throws IOException if the state directory cannot be read, or could have been written to by others
     */
    public SweepReport sweep() throws IOException {
        return run(SweepOptions.of(dryRun, runCommands, otherHosts, SweepReport.MAX_ITEMS));
    }

    /**
     * Changes nothing, and says what is owed by the living and by those who have ended.
     *
     * @return what is owed, as {@link SweepReport.Outcome#OWED}
     * @throws IOException if the state directory cannot be read, or could have been written to by others
     */
    public SweepReport list() throws IOException {
        return run(SweepOptions.list(SweepReport.MAX_ITEMS));
    }

    private SweepReport run(SweepOptions options) throws IOException {
        Path directory = stateDirectory;
        Path journals = directory == null
                ? StateDirectory.part(JournalNames.DIRECTORY)
                : directory.resolve(JournalNames.DIRECTORY);
        return ReportCollector.collect(journals, options);
    }

    /** Says how to sweep. Not thread-safe. */
    public static final class Builder {
        private @Nullable Path stateDirectory;
        private boolean dryRun;
        private boolean runCommands;
        private boolean otherHosts;

        private Builder() {}

        /**
         * Where the journals are.
         *
         * @param directory the state directory; if it is not given, the one that programs of this user have
         * @return this
         */
        public Builder stateDirectory(Path directory) {
            this.stateDirectory = Objects.requireNonNull(directory, "directory").toAbsolutePath();
            return this;
        }

        /**
         * Whether to look only, and change nothing.
         *
         * @param dry false if this is not called
         * @return this
         */
        public Builder dryRun(boolean dry) {
            this.dryRun = dry;
            return this;
        }

        /**
         * Whether to run commands too. Those from before a restart of the machine are never run.
         *
         * @param run false if this is not called
         * @return this
         */
        public Builder runCommands(boolean run) {
            this.runCommands = run;
            return this;
        }

        /**
         * Whether to sweep also what other machines have written, or what lies on a file system that may be shared with
         * some. Whether their programs live cannot be told for certain.
         *
         * @param other false if this is not called
         * @return this
         */
        public Builder otherHosts(boolean other) {
            this.otherHosts = other;
            return this;
        }

        /**
         * Ends the building.
         *
         * @return a sweeper
         */
        public Sweeper build() {
            return new Sweeper(this);
        }
    }
}
