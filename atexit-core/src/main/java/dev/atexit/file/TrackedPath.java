package dev.atexit.file;

import dev.atexit.internal.durable.Durables;
import dev.atexit.internal.exit.Task;
import dev.atexit.internal.exit.Text;
import dev.atexit.internal.tree.FileIdentity;
import dev.atexit.internal.tree.RecordedFile;
import dev.atexit.internal.tree.TreeDeleter;
import dev.atexit.internal.tree.TreeDeletion;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One path that is to go, and what is there. Also its own task: each path has its own place in the report of the exit.
 *
 * <p>The monitor is held while it is deleted: who comes second waits, and finds nothing left to do.
 */
final class TrackedPath extends Task {
    private static final int MAX_PRINTED = 20;

    final Path path;

    /** Null until it is made. The name has a random part then, so whatever has it is ours. */
    private volatile @Nullable FileIdentity identity;

    // Guarded by the tracked paths it is part of.
    @Nullable
    TrackedPath before;

    @Nullable
    TrackedPath after;

    boolean listed;

    // Guarded by this.
    private boolean settled;
    private long ticket;
    private @Nullable TreeDeletion last;

    /**
     * Creates it.
     *
     * @param ticket of its record in the journal; 0 if there is none
     */
    TrackedPath(Path path, @Nullable FileIdentity identity, long ticket) {
        this.path = path;
        this.identity = identity;
        this.ticket = ticket;
    }

    void made(FileIdentity what) {
        identity = what;
    }

    /** Writes down what it is, for the case that this program is killed. */
    synchronized void record(BasicFileAttributes attributes) {
        RecordedFile file = ticket == 0 ? null : RecordedFile.of(attributes);
        if (file != null) {
            ticket = Durables.made(ticket, file);
        }
    }

    /** It is gone, or nobody's business any more. */
    synchronized void forget() {
        Durables.strikeOut(ticket);
        ticket = 0;
    }

    boolean isMade() {
        return identity != null;
    }

    /**
     * Deletes it; what is no longer there, or was replaced, is settled as well.
     *
     * @throws IOException if anything is left
     */
    synchronized void delete() throws IOException {
        if (settled) {
            return;
        }
        TreeDeletion deletion = TreeDeleter.delete(path, identity);
        last = deletion;
        settled = deletion.isComplete() || deletion.wasReplaced();
        if (settled && identity != null) {
            // What is only intended may be created a moment later; whoever does that forgets it.
            forget();
        }
        if (!deletion.isComplete()) {
            throw deletion.toException();
        }
    }

    /** Whether there is nothing left to do about it. */
    synchronized boolean isSettled() {
        return settled;
    }

    @Override
    protected void run() throws IOException {
        delete();
    }

    @Override
    protected void release() {}

    @Override
    public String label() {
        return path.toString();
    }

    @Override
    public String noun() {
        return "temporary path";
    }

    @Override
    protected synchronized String failureLine(String error) {
        TreeDeletion deletion = last;
        if (deletion == null || deletion.isComplete()) {
            return super.failureLine(error);
        }
        List<TreeDeletion.Failure> failures = deletion.failures();
        StringBuilder out = new StringBuilder(noun()).append(" '").append(Text.escape(label()));
        if (deletion.failed() == 1 && failures.get(0).path.equals(path)) {
            return out.append("' ").append(reason(failures.get(0))).toString();
        }
        out.append("' not deleted, ").append(deletion.failed()).append(" left:");
        int shown = Math.min(MAX_PRINTED, failures.size());
        for (int i = 0; i < shown; i++) {
            TreeDeletion.Failure failure = failures.get(i);
            out.append(System.lineSeparator())
                    .append('\t')
                    .append(Text.escape(failure.path.toString()))
                    .append(": ")
                    .append(Text.escape(failure.reason));
        }
        if (shown < deletion.failed()) {
            out.append(System.lineSeparator())
                    .append("\t... ")
                    .append(deletion.failed() - shown)
                    .append(" more");
        }
        return out.toString();
    }

    private static String reason(TreeDeletion.Failure failure) {
        return "not deleted: " + Text.escape(failure.reason);
    }

    @Override
    protected boolean printsStackTrace() {
        return false;
    }
}
