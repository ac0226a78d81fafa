package dev.atexit.internal.journal;

import dev.atexit.internal.tree.RecordedFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done, in the terms of a journal. Immutable. */
public sealed interface Action {
    /** Something at a path is to be deleted. */
    final class Delete implements Action {
        /** Whether it is a directory with all that is in it. */
        public final boolean tree;

        /** What is to go. */
        public final Path path;

        /** The directory it is in, if that was looked at. */
        public final @Nullable RecordedFile parent;

        /** What is there; null as long as it is only intended. */
        public final @Nullable RecordedFile made;

        /** Where in the last name its random part begins. */
        public final int randomFrom;

        /** How many digits the random part has, 0 if there is none: only something made is deleted then. */
        public final int randomLength;

        /** Takes the values as they are. */
        public Delete(
                boolean tree,
                Path path,
                @Nullable RecordedFile parent,
                @Nullable RecordedFile made,
                int randomFrom,
                int randomLength) {
            this.tree = tree;
            this.path = path;
            this.parent = parent;
            this.made = made;
            this.randomFrom = randomFrom;
            this.randomLength = randomLength;
        }
    }

    /** A pid file is to be removed, if it still is the one that was written. */
    final class RemovePidFile implements Action {
        /** Where it is. */
        public final Path path;

        /** The directory it is in, if that was looked at. */
        public final @Nullable RecordedFile parent;

        /** The file, under its temporary name or its own; null as long as it is only intended. */
        public final @Nullable RecordedFile made;

        /** The number that it holds. */
        public final long pid;

        /** Under what name, with a random part, it is made in the same directory; null if it was there already. */
        public final @Nullable Path temporary;

        /** Takes the values as they are. */
        public RemovePidFile(
                Path path,
                @Nullable RecordedFile parent,
                @Nullable RecordedFile made,
                long pid,
                @Nullable Path temporary) {
            this.path = path;
            this.parent = parent;
            this.made = made;
            this.pid = pid;
            this.temporary = temporary;
        }
    }

    /** A program is to be run. */
    final class Run implements Action {
        /** The program and its arguments. */
        public final List<String> command;

        /** Where it is run. */
        public final Path directory;

        /** How long it may take. */
        public final long timeoutNanos;

        /** Takes the values as they are. */
        public Run(List<String> command, Path directory, long timeoutNanos) {
            this.command = List.copyOf(command);
            this.directory = directory;
            this.timeoutNanos = timeoutNanos;
        }
    }

    /** Several things are to be done, in order. */
    final class Group implements Action {
        /** What is to be done. */
        public final List<Action> actions;

        /** Takes the actions in the order in which they are done. */
        public Group(List<Action> actions) {
            this.actions = List.copyOf(actions);
        }
    }
}
