package dev.atexit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Cleanup as data instead of code. It is written down before {@link AtExit#registerDurable} returns, so that it is done also
 * if this program is killed: by its guardian, by the next program of this user, or by {@code atexit sweep}.
 *
 * <pre>{@code
 * Registration scratch = AtExit.registerDurable(DurableAction.deleteTree(directory));
 * }</pre>
 *
 * <p>{@link dev.atexit.file.TempManager} and {@link dev.atexit.file.PidFile} are durable by themselves.
 *
 * <p>Files are known by what they are, not by their path alone: what has been put in their place is left alone.
 *
 * <p><b>Threading.</b> Immutable. <b>Failure.</b> Bad values throw when the action is made.
 */
public sealed interface DurableAction {
    /**
     * Deletes a directory with all that is in it by then, as {@link dev.atexit.file.FileTree} does; or a file, or a link.
     *
     * @param path what to delete; must be there when it is registered
     */
    record DeleteTree(Path path) implements DurableAction {
        /**
         * Makes the path absolute.
         *
         * @param path must end in a name
         */
        public DeleteTree {
            path = Arguments.named("path", path);
        }
    }

    /**
     * Deletes a file, or a link but not what it points to.
     *
     * @param path what to delete; must be there when it is registered, and not be a directory
     */
    record DeleteFile(Path path) implements DurableAction {
        /**
         * Makes the path absolute.
         *
         * @param path must end in a name
         */
        public DeleteFile {
            path = Arguments.named("path", path);
        }
    }

    /**
     * Removes a pid file that was written without {@link dev.atexit.file.PidFile}, if it still is the one that was
     * registered.
     *
     * @param path the file; must have the number of this process in its first line when it is registered
     */
    record RemovePidFile(Path path) implements DurableAction {
        /**
         * Makes the path absolute.
         *
         * @param path must end in a name
         */
        public RemovePidFile {
            path = Arguments.named("path", path);
        }
    }

    /**
     * Runs a program. Not through a shell, and never after a reboot. Has to be allowed by {@link
     * ExitPolicy.Builder#commands}.
     *
     * @param command the program and its arguments
     * @param directory where it is run
     * @param timeout how long it may take before it is killed, with its children
     */
    record RunCommand(List<String> command, Path directory, Duration timeout) implements DurableAction {
        /**
         * Copies the list, and makes the directory absolute.
         *
         * @param command begins with the program, which is looked for in the {@code PATH} if it has no separator
         * @param directory must be there when the command is run
         * @param timeout positive
         */
        public RunCommand {
            command = Arguments.command(command);
            directory = Objects.requireNonNull(directory, "directory").toAbsolutePath();
            Arguments.positiveNanos("timeout", timeout);
        }
    }

    /**
     * Does several actions, one after another, whatever becomes of each. What has been done is written down: if one fails, the
     * next sweep tries that one again, and no other.
     *
     * @param actions what to do, in this order
     */
    record InOrder(List<DurableAction> actions) implements DurableAction {
        /**
         * Copies the list.
         *
         * @param actions at least one
         */
        public InOrder {
            actions = List.copyOf(Objects.requireNonNull(actions, "actions"));
            if (actions.isEmpty()) {
                throw new IllegalArgumentException("actions must not be empty");
            }
        }
    }

    /**
     * Deletes a directory with all that is in it by then; or a file, or a link.
     *
     * @param path what to delete; must be there when the action is registered
     * @return the action
     * @throws IllegalArgumentException if the path does not end in a name
     */
    static DurableAction deleteTree(Path path) {
        return new DeleteTree(path);
    }

    /**
     * Deletes a file, or a link but not what it points to.
     *
     * @param path what to delete; must be there when the action is registered, and not be a directory
     * @return the action
     * @throws IllegalArgumentException if the path does not end in a name
     */
    static DurableAction deleteFile(Path path) {
        return new DeleteFile(path);
    }

    /**
     * Removes a pid file that was written without {@link dev.atexit.file.PidFile}, if it still is the same by then.
     *
     * @param path the file; must have the number of this process in its first line when the action is registered
     * @return the action
     * @throws IllegalArgumentException if the path does not end in a name
     */
    static DurableAction removePidFile(Path path) {
        return new RemovePidFile(path);
    }

    /**
     * Runs a program in the present working directory, for at most ten seconds.
     *
     * @param command the program and its arguments
     * @return the action
     * @throws IllegalArgumentException if there is no program, or a NUL in it
     */
    static DurableAction runCommand(String... command) {
        return new RunCommand(
                List.of(Objects.requireNonNull(command, "command")), Path.of(""), Arguments.COMMAND_TIMEOUT);
    }

    /**
     * Does several actions, one after another, whatever becomes of each.
     *
     * @param actions what to do, in this order
     * @return the action
     * @throws IllegalArgumentException if there is none
     */
    static DurableAction inOrder(DurableAction... actions) {
        return new InOrder(List.of(Objects.requireNonNull(actions, "actions")));
    }
}
