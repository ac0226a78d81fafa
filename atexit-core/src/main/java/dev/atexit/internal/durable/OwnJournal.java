package dev.atexit.internal.durable;

import dev.atexit.internal.exit.SystemThread;
import dev.atexit.internal.guardian.Guardian;
import dev.atexit.internal.journal.Header;
import dev.atexit.internal.journal.Journal;
import dev.atexit.internal.journal.JournalNames;
import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.LockFile;
import dev.atexit.internal.process.StateDirectory;
import dev.atexit.internal.sweep.JournalDirectory;
import dev.atexit.internal.sweep.Sweep;
import dev.atexit.internal.tree.RandomName;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The journal that this copy of the library has opened, and closes: the farewell of its table. */
final class OwnJournal implements Runnable {
    /** A sweeper may take a lock file away in the instant between its creation and its lock. */
    private static final int MAX_TRIES = 16;

    /** What all copies of the library in this JVM write with. */
    final Object[] state;

    private final Path directory;
    private final String id;
    private final HeldFile lock;
    private final boolean force;
    private volatile @Nullable Guardian guardian;

    private OwnJournal(Path directory, String id, HeldFile lock, Object[] state, boolean force) {
        this.directory = directory;
        this.id = id;
        this.lock = lock;
        this.state = state;
        this.force = force;
    }

    static OwnJournal create(boolean force) throws IOException {
        Path directory = StateDirectory.part(JournalNames.DIRECTORY);
        JournalDirectory.check(directory);
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            String id = RandomName.next();
            HeldFile lock = LockFile.tryHoldQuietly(Journal.lockFile(directory, id));
            if (lock != null) {
                return create(directory, id, lock, force);
            }
        }
        throw new FileSystemException(directory.toString(), null, "somebody else takes every new lock file");
    }

    private static OwnJournal create(Path directory, String id, HeldFile lock, boolean force) throws IOException {
        @Nullable OwnJournal created = null;
        try {
            created = new OwnJournal(directory, id, lock, Journal.create(directory, id, Header.own(), force), force);
            return created;
        } finally {
            if (created == null) {
                lock.deleteAndClose();
            }
        }
    }

    /** Begins what goes on beside the program, on a thread of its own. */
    void attend(DurablePolicy policy) {
        if (policy.guardian) {
            guardian = Guardian.watch(directory, id);
        }
        if (policy.sweep) {
            SystemThread.startIfPossible("atexit-sweep", new Neighbours(directory, id));
        }
    }

    /** Takes back what nobody has used. */
    void discard() throws IOException {
        new Journal(state, force).closeIfEmpty();
        remove();
    }

    /** The exit is over, or the application is undeployed. What is still owed stays for those who come after. */
    @Override
    public void run() {
        boolean closed = new Journal(state, force).closeIfEmpty();
        Durables.end(state);
        if (!closed) {
            // An exit that was cut short, say. The guardian goes on as soon as the program has ended.
            return;
        }
        Guardian watching = guardian;
        if (watching != null) {
            watching.goodbye();
        }
        try {
            remove();
        } catch (IOException left) {
            // The next sweep finds an empty journal, and removes it.
            return;
        }
    }

    private void remove() throws IOException {
        Journal.delete(directory, id);
        lock.deleteAndClose();
    }

    /** Sweeps what others have left; where there are no others, without loading what a sweep needs. */
    private static final class Neighbours implements Runnable {
        private final Path directory;
        private final String id;

        Neighbours(Path directory, String id) {
            this.directory = directory;
            this.id = id;
        }

        @Override
        public void run() {
            if (JournalDirectory.hasOthers(directory, id)) {
                Sweep.inBackground(directory);
            }
        }
    }
}
