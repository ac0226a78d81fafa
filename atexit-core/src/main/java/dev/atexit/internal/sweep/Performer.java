package dev.atexit.internal.sweep;

import dev.atexit.internal.journal.Action;
import dev.atexit.internal.journal.Header;
import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.LockFile;
import dev.atexit.internal.lock.PidText;
import dev.atexit.internal.tree.Expectation;
import dev.atexit.internal.tree.RecordedFile;
import dev.atexit.internal.tree.TreeDeleter;
import dev.atexit.internal.tree.TreeDeletion;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does what was written down: for the owner itself while it lives, and for those who come after. The owner knows what is
 * its own; everybody else deletes only what the record proves.
 */
public final class Performer {
    private static final String TREE = "delete tree";
    private static final String FILE = "delete file";
    private static final String PID_FILE = "remove pid file";
    private static final String COMMAND = "run command";

    private final boolean owner;
    private final boolean look;
    private final boolean sameMount;
    private final long uid;
    private final CommandRule commands;

    private Performer(boolean owner, boolean look, boolean sameMount, long uid, CommandRule commands) {
        this.owner = owner;
        this.look = look;
        this.sameMount = sameMount;
        this.uid = uid;
        this.commands = commands;
    }

    /**
     * For the process that has written the action down, and lives. What it intended it deletes whatever it is, since
     * nobody else has said what that would be; the lock of a pid file, where there is one, it must hold.
     *
     * @param showOutput whether commands write where this process does
     */
    public static Performer ofOwner(boolean showOutput) {
        return new Performer(true, false, true, -1, showOutput ? CommandRule.SHOW : CommandRule.RUN);
    }

    static Performer ofSweep(Header header, Here here, CommandRule commands, boolean look) {
        CommandRule rule = here.isSameBoot(header) ? commands : CommandRule.VOID;
        return new Performer(false, look, here.isSameMount(header), header.uid, rule);
    }

    /** Does it, whatever becomes of its parts; a group has a result for each that was not done before. */
    public List<Performed> perform(Action action, Parts parts) {
        List<Performed> results = new ArrayList<>(1);
        if (action instanceof Action.Group group) {
            List<Action> all = parts(group);
            for (int i = 0; i < all.size(); i++) {
                if (!parts.isDone(i)) {
                    Performed performed = performOne(all.get(i));
                    results.add(performed);
                    if (performed.outcome.settled && !look) {
                        parts.done(i);
                    }
                }
            }
        } else {
            results.add(performOne(action));
        }
        return results;
    }

    /** What is owed, without looking at it. */
    static List<Performed> describe(Action action, Parts parts) {
        List<Performed> owed = new ArrayList<>(1);
        List<Action> all = action instanceof Action.Group group ? parts(group) : List.of(action);
        for (int i = 0; i < all.size(); i++) {
            if (!parts.isDone(i)) {
                owed.add(result(all.get(i), Outcome.OWED, ""));
            }
        }
        return owed;
    }

    /** The parts of a group and of the groups in it, in the order in which they are done. */
    private static List<Action> parts(Action.Group group) {
        List<Action> parts = new ArrayList<>();
        for (Action part : group.actions) {
            if (part instanceof Action.Group inner) {
                parts.addAll(parts(inner));
            } else {
                parts.add(part);
            }
        }
        return parts;
    }

    private Performed performOne(Action action) {
        try {
            if (action instanceof Action.Delete delete) {
                return delete(delete);
            }
            return action instanceof Action.RemovePidFile removal ? removePidFile(removal) : run((Action.Run) action);
        } catch (IOException failed) {
            return result(action, Outcome.FAILED, reason(failed));
        }
    }

    private Performed delete(Action.Delete action) throws IOException {
        boolean random = RandomPart.in(action.path, action.randomLength);
        if (action.made != null) {
            return delete(action, action.path, recorded(action.made, random));
        }
        if (owner) {
            return result(action, TreeDeleter.delete(action.path, null));
        }
        return deleteIntended(action, action.path, random, action.parent, action.tree);
    }

    private Expectation recorded(RecordedFile made, boolean random) {
        // Only a name that nobody else uses makes up for a creation time that is not known.
        return owner || random ? made.asRecorded(sameMount) : made.asRecordedExactly(sameMount);
    }

    /** Deletes what may have been made just before its owner died. */
    private Performed deleteIntended(
            Action action, Path path, boolean random, @Nullable RecordedFile parent, boolean directory)
            throws IOException {
        BasicFileAttributes there = attributes(path);
        if (there == null) {
            return result(action, Outcome.GONE, "");
        }
        if (!random || parent == null) {
            return result(action, Outcome.LEFT_ALONE, "nothing proves that it was made by the program: left alone");
        }
        if (uid < 0 || Ownership.uid(path) != uid) {
            return result(action, Outcome.LEFT_ALONE, "does not belong to the program's user: left alone");
        }
        return delete(action, path, parent.asParent(sameMount, directory));
    }

    private Performed delete(Action action, Path path, Expectation expected) {
        if (look) {
            TreeDeletion seen = TreeDeleter.look(path, expected);
            boolean owed = seen.isComplete() && seen.existed();
            return owed ? result(action, Outcome.OWED, "") : result(action, seen);
        }
        return result(action, owner ? TreeDeleter.delete(path, expected) : TreeDeleter.deleteRecorded(path, expected));
    }

    private Performed removePidFile(Action.RemovePidFile action) throws IOException {
        Path lock = PidText.lockOf(action.path);
        if (owner && Files.exists(lock, LinkOption.NOFOLLOW_LINKS) && !LockFile.isHeldHere(lock)) {
            return result(action, Outcome.LEFT_ALONE, "its lock is no longer held: left alone");
        }
        if (owner || look) {
            return removeLockedPidFile(action);
        }
        HeldFile held;
        try {
            held = LockFile.tryHoldExisting(lock);
        } catch (NoSuchFileException none) {
            return removeLockedPidFile(action);
        }
        if (held == null) {
            return isAtItsPlace(action)
                    ? result(action, Outcome.FAILED, "another program has locked it")
                    : result(action, Outcome.LEFT_ALONE, "another instance lives: left alone");
        }
        try {
            return removeLockedPidFile(action);
        } finally {
            held.close();
        }
    }

    private boolean isAtItsPlace(Action.RemovePidFile action) {
        if (action.made == null) {
            return false;
        }
        TreeDeletion seen = TreeDeleter.look(action.path, recorded(action.made, false));
        return seen.existed() && !seen.wasReplaced();
    }

    /** Removes the file under its temporary name first: with that it could still be put into its place. */
    private Performed removeLockedPidFile(Action.RemovePidFile action) throws IOException {
        Path temporary = action.temporary;
        Performed first = null;
        if (temporary != null) {
            boolean random = RandomPart.in(temporary);
            first = action.made != null
                    ? delete(action, temporary, recorded(action.made, random))
                    : deleteIntended(action, temporary, random, action.parent, false);
            if (!first.outcome.settled && first.outcome != Outcome.OWED) {
                return first;
            }
        }
        Performed second = removeWithNumber(action);
        return first != null && second.outcome == Outcome.GONE ? first : second;
    }

    private Performed removeWithNumber(Action.RemovePidFile action) throws IOException {
        BasicFileAttributes there = attributes(action.path);
        if (there != null && !there.isRegularFile()) {
            return result(action, Outcome.LEFT_ALONE, "was replaced by something else: left alone");
        }
        PidText text = there == null ? null : PidText.read(action.path);
        if (text == null) {
            return result(action, Outcome.GONE, "");
        }
        if (action.made == null) {
            return result(action, Outcome.LEFT_ALONE, "nothing proves that it was made by the program: left alone");
        }
        if (text.pid != action.pid) {
            return result(action, Outcome.LEFT_ALONE, "holds another number: left alone");
        }
        return delete(action, action.path, recorded(action.made, false));
    }

    private Performed run(Action.Run action) {
        if (commands == CommandRule.VOID) {
            return result(action, Outcome.LEFT_ALONE, "not run: the machine was started anew since");
        }
        if (look || commands == CommandRule.NEVER) {
            return result(
                    action, look ? Outcome.OWED : Outcome.NOT_RUN, "commands are run only where they are asked for");
        }
        Command command = Command.run(action, commands);
        String failure = command.failure;
        return new Performed(
                COMMAND,
                Command.text(action),
                failure.isEmpty() ? Outcome.DONE : Outcome.FAILED,
                failure,
                command.output);
    }

    /** What is there, of the link itself if it is one; null if nothing is. */
    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    private static Performed result(Action action, TreeDeletion deletion) {
        if (!deletion.isComplete()) {
            TreeDeletion.Failure first = deletion.failures().get(0);
            String where = first.path.equals(deletion.path()) ? "" : first.path + ": ";
            String more = deletion.failed() > 1 ? ", and " + (deletion.failed() - 1) + " more" : "";
            Outcome outcome = deletion.wasReplaced() && deletion.failed() == 1 ? Outcome.LEFT_ALONE : Outcome.FAILED;
            return result(action, outcome, where + first.reason + more);
        }
        return result(action, deletion.existed() ? Outcome.DONE : Outcome.GONE, "");
    }

    private static Performed result(Action action, Outcome outcome, String reason) {
        if (action instanceof Action.Delete delete) {
            return new Performed(delete.tree ? TREE : FILE, delete.path.toString(), outcome, reason);
        }
        if (action instanceof Action.RemovePidFile removal) {
            return new Performed(PID_FILE, removal.path.toString(), outcome, reason);
        }
        return new Performed(COMMAND, action instanceof Action.Run run ? Command.text(run) : "", outcome, reason);
    }

    static String reason(IOException failure) {
        String reason = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        return reason == null ? failure.toString() : reason;
    }
}
