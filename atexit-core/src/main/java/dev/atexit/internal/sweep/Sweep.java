package dev.atexit.internal.sweep;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Text;
import dev.atexit.internal.journal.Header;
import dev.atexit.internal.journal.JournalEdit;
import dev.atexit.internal.journal.JournalEntry;
import dev.atexit.internal.journal.JournalImage;
import dev.atexit.internal.journal.JournalNames;
import dev.atexit.internal.journal.JournalReader;
import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.LockFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the journals, and pays what the dead owe.
 *
 * <p>Whoever has locked {@code ID.lock} has the journal to itself; the lock of a living owner cannot be had. What has been
 * done is struck out at once, so a sweep that is killed has at worst to look again at what it did last; and looking again
 * is harmless. The journal goes before the lock: so a lock without a journal means that nothing is owed.
 */
public final class Sweep {
    private static final int MAX_TRIES = 5;

    /** A process that dies gives its locks back an instant before it is seen to be dead. */
    private static final long PATIENCE_NANOS = 2_000_000_000;

    private static final long PAUSE_MS = 1;

    private final Path journals;
    private final SweepOptions options;
    private final Here here;
    private final Sink sink;

    /** Why no journal in this directory can be told from another machine's; empty if that is not so. */
    private String notLocal = "";

    Sweep(Path journals, SweepOptions options, Here here, Sink sink) {
        this.journals = journals;
        this.options = options;
        this.here = here;
        this.sink = sink;
    }

    /** Who is told about each journal. */
    public interface Sink {
        /** One journal has been dealt with. */
        void accept(SweptJournal journal);
    }

    /**
     * Sweeps, or lists, all journals of a directory.
     *
     * @param journals the directory; nothing is done if it is not there
     * @throws IOException if the directory cannot be read, or is not to be trusted
     */
    public static void all(Path journals, SweepOptions options, Sink sink) throws IOException {
        new Sweep(journals, options, Here.find(), sink).run();
    }

    /** What a program does when it starts: deletes, and says in one line for each of the dead what it did. */
    public static void inBackground(Path journals) {
        try {
            all(journals, SweepOptions.BACKGROUND, new Lines());
        } catch (IOException | RuntimeException failed) {
            ExitScope.current().say("nothing is cleaned up after programs that were killed: " + Text.describe(failed));
        }
    }

    /**
     * What the guardian of a process does when that has died: commands are run, and nothing is said.
     *
     * @return false if the owner has not died after all
     * @throws IOException if the directory is not to be trusted
     */
    public static boolean one(Path journals, String id) throws IOException {
        boolean[] alive = new boolean[1];
        Sink sink = new Sink() {
            @Override
            public void accept(SweptJournal journal) {
                alive[0] |= journal.state == SweptJournal.State.ALIVE;
            }
        };
        if (!JournalFiles.isId(id) || !JournalFiles.exists(journals)) {
            return true;
        }
        Sweep sweep = new Sweep(journals, SweepOptions.GUARDIAN, Here.find(), sink);
        sweep.checkDirectory();
        sweep.deal(id, id + JournalNames.LOCK);
        return !alive[0];
    }

    void run() throws IOException {
        if (!JournalFiles.exists(journals)) {
            return;
        }
        checkDirectory();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(journals)) {
            for (Path file : files) {
                found(String.valueOf(file.getFileName()));
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
        } catch (DirectoryIteratorException broken) {
            IOException cause = broken.getCause();
            throw cause == null ? new IOException(broken) : cause;
        }
        if (!options.dry) {
            GuardianJars.deleteUnused(journals.resolveSibling(GuardianJars.DIRECTORY), here.uid);
        }
    }

    void checkDirectory() throws IOException {
        JournalDirectory.check(journals, here.uid);
        notLocal = LocalFileSystems.doubt(journals);
    }

    private void found(String name) {
        String locked = JournalFiles.id(name, JournalNames.LOCK);
        String unlocked = JournalFiles.id(name, JournalNames.JOURNAL) + JournalFiles.id(name, JournalNames.NEW);
        String quarantined = JournalFiles.id(name, JournalNames.QUARANTINED);
        if (!locked.isEmpty()) {
            deal(locked, name);
        } else if (!unlocked.isEmpty()) {
            deal(unlocked, name);
        } else if (!quarantined.isEmpty() && options.tellsAll) {
            deal(quarantined, name);
        }
    }

    /** Whatever is wrong with one journal, the others are not concerned. */
    private void deal(String id, String name) {
        SweptJournal result = new SweptJournal(id, options.maxItems);
        boolean tell = true;
        try {
            tell = deal(new JournalFiles(journals, id), name, result);
        } catch (JournalFiles.RefusedException refused) {
            result.set(SweptJournal.State.REFUSED, Performer.reason(refused));
        } catch (NoSuchFileException goneMeanwhile) {
            tell = false;
        } catch (IOException failed) {
            result.set(SweptJournal.State.LEFT, Performer.reason(failed));
        } catch (RuntimeException failed) {
            result.set(SweptJournal.State.LEFT, Text.describe(failed));
        }
        if (tell) {
            sink.accept(result);
        }
    }

    /** False if nobody needs to know. */
    private boolean deal(JournalFiles files, String name, SweptJournal result) throws IOException {
        if (name.endsWith(JournalNames.QUARANTINED)) {
            readOnly(files.quarantined, result, SweptJournal.State.QUARANTINED, "");
            return true;
        }
        if (JournalFiles.exists(files.lock)) {
            // With the lock comes the rest.
            return name.endsWith(JournalNames.LOCK) && sweepLocked(files, result);
        }
        return sweepUnlocked(files, result);
    }

    private boolean sweepLocked(JournalFiles files, SweptJournal result) throws IOException {
        JournalFiles.check(files.lock, here.uid);
        if (LockFile.isHeldHere(files.lock)) {
            result.set(SweptJournal.State.ALIVE, "this program has it");
            return true;
        }
        if (!notLocal.isEmpty() && !options.otherHosts) {
            readOnly(files.journal, result, SweptJournal.State.OTHER_HOST, notLocal);
            return true;
        }
        HeldFile held = LockFile.tryHoldExisting(files.lock);
        if (held == null) {
            alive(files, result);
            return true;
        }
        try (held) {
            boolean wasThere = JournalFiles.exists(files.journal);
            boolean settled = !wasThere || replay(files.journal, result, options.commands);
            if (settled && !options.dry) {
                files.delete();
                held.deleteAndClose();
            } else if (result.state == SweptJournal.State.QUARANTINED) {
                files.quarantine();
                held.deleteAndClose();
            }
            return wasThere;
        }
    }

    /** Somebody has deleted the lock. Only a proof of the owner's death stands in for it; and two may be at work here. */
    private boolean sweepUnlocked(JournalFiles files, SweptJournal result) throws IOException {
        if (!JournalFiles.exists(files.journal)) {
            JournalFiles.check(files.unfinished, here.uid);
            if (!options.dry) {
                files.deleteUnfinished();
            }
            return false;
        }
        readOnly(files.journal, result, SweptJournal.State.OTHER_HOST, notLocal);
        Header header = result.header;
        if (header == null || (!notLocal.isEmpty() && !options.otherHosts)) {
            return true;
        }
        if (!header.process.hasEnded() && !here.hasRebooted(header)) {
            result.set(SweptJournal.State.LEFT, "its lock is missing, and nothing proves that its owner has ended");
            return true;
        }
        result.forget();
        boolean settled = replay(files.journal, result, CommandRule.NEVER);
        if (settled && !options.dry) {
            files.delete();
        } else if (result.state == SweptJournal.State.QUARANTINED) {
            files.quarantine();
        }
        return true;
    }

    /** Does what is owed, and strikes it out; true if nothing is left. */
    private boolean replay(Path journal, SweptJournal result, CommandRule commands) throws IOException {
        try (FileChannel channel = JournalFiles.open(journal, !options.dry, here.uid)) {
            JournalImage image = JournalReader.read(channel, true);
            Header header = accept(image, result);
            if (header == null) {
                return false;
            }
            Performer performer = Performer.ofSweep(header, here, commands, options.dry);
            boolean settled = replay(channel, image, performer, result);
            if (options.dry) {
                result.set(SweptJournal.State.LEFT, "");
            } else if (settled) {
                result.set(SweptJournal.State.SWEPT, damage(image));
            } else {
                left(channel, image, result);
            }
            return settled;
        }
    }

    private boolean replay(FileChannel channel, JournalImage image, Performer performer, SweptJournal result)
            throws IOException {
        boolean settled = true;
        for (JournalEntry entry = image.next(); entry != null; entry = image.next()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            if (entry.action == null) {
                settled = false;
                result.add(new Performed("unknown", "record " + entry.sequence, Outcome.FAILED, entry.problem));
                continue;
            }
            boolean done = true;
            List<Performed> performed = performer.perform(entry.action, new EntryParts(entry, image, channel));
            for (Performed part : performed) {
                result.add(part);
                done &= part.outcome.settled;
            }
            settled &= done;
            if (done && !options.dry) {
                JournalEdit.strikeOut(channel, entry);
            }
        }
        return settled;
    }

    /** Whether the journal is to be replayed here; says why not. */
    private @Nullable Header accept(JournalImage image, SweptJournal result) throws IOException {
        Header header = image.header;
        result.header = header;
        result.tries = image.tries;
        if (header == null) {
            result.set(SweptJournal.State.REFUSED, image.refusal);
            return null;
        }
        if (header.uid >= 0 && here.uid >= 0 && header.uid != here.uid) {
            result.set(SweptJournal.State.REFUSED, "was written by another user");
            return null;
        }
        if (!here.isSameMachine(header) && !options.otherHosts) {
            describe(image, result);
            result.set(SweptJournal.State.OTHER_HOST, "was written on another machine");
            return null;
        }
        if (livesAllTheSame(header)) {
            describe(image, result);
            result.set(SweptJournal.State.ALIVE, "has lost its lock, but lives");
            return null;
        }
        return header;
    }

    /** The lock tells who lives; but somebody may have replaced it, or made its owner lose it. */
    private static boolean livesAllTheSame(Header header) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (header.process.isAlive()) {
            if (System.nanoTime() - end > 0) {
                return true;
            }
            try {
                Thread.sleep(PAUSE_MS);
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        return false;
    }

    private static String damage(JournalImage image) {
        return image.damaged() == 0
                ? ""
                : image.damaged() + " damaged records were dropped, the first is "
                        + image.notes().get(0);
    }

    private void left(FileChannel channel, JournalImage image, SweptJournal result) throws IOException {
        boolean interrupted = Thread.currentThread().isInterrupted();
        result.set(SweptJournal.State.LEFT, interrupted ? "interrupted" : damage(image));
        if (interrupted || result.count(Outcome.FAILED) == 0) {
            return;
        }
        result.tries = image.tries + 1;
        JournalEdit.setTries(channel, result.tries);
        if (result.tries >= MAX_TRIES) {
            result.set(
                    SweptJournal.State.QUARANTINED,
                    MAX_TRIES + " sweeps could not do everything: put aside, and not swept again");
        }
    }

    private void alive(JournalFiles files, SweptJournal result) throws IOException {
        result.set(SweptJournal.State.ALIVE, "");
        if (!options.tellsAll) {
            return;
        }
        if (JournalFiles.exists(files.journal)) {
            readOnly(files.journal, result, SweptJournal.State.ALIVE, "");
        }
        Header header = result.header;
        if (header != null && (header.process.hasEnded() || here.hasRebooted(header))) {
            result.set(SweptJournal.State.LEFT, "another sweep is at work on it");
        }
    }

    /** Reads whose journal it is, and what is owed if that is to be told. */
    private void readOnly(Path journal, SweptJournal result, SweptJournal.State state, String reason)
            throws IOException {
        try (FileChannel channel = JournalFiles.open(journal, false, here.uid)) {
            JournalImage image = JournalReader.read(channel, options.tellsOwed);
            result.header = image.header;
            result.tries = image.tries;
            if (image.header == null) {
                result.set(SweptJournal.State.REFUSED, image.refusal);
            } else {
                result.set(state, reason);
                describe(image, result);
            }
        }
    }

    private void describe(JournalImage image, SweptJournal result) throws IOException {
        if (!options.tellsOwed) {
            return;
        }
        for (JournalEntry entry = image.next(); entry != null; entry = image.next()) {
            if (entry.action != null) {
                for (Performed part : Performer.describe(entry.action, new EntryParts(entry, image, null))) {
                    result.add(part);
                }
            }
        }
    }

    /** The parts of what stands in a journal. */
    private static final class EntryParts implements Parts {
        private final JournalEntry entry;
        private final JournalImage image;
        private final @Nullable FileChannel channel;

        EntryParts(JournalEntry entry, JournalImage image, @Nullable FileChannel channel) {
            this.entry = entry;
            this.image = image;
            this.channel = channel;
        }

        @Override
        public boolean isDone(int part) {
            return entry.isDone(part);
        }

        @Override
        public void done(int part) {
            if (channel != null) {
                try {
                    JournalEdit.markDone(channel, image, entry, part);
                } catch (IOException unwritten) {
                    // If another part fails, this one is done again.
                    return;
                }
            }
        }
    }

    private static final class Lines implements Sink {
        @Override
        public void accept(SweptJournal journal) {
            String line = journal.line();
            if (line != null) {
                ExitScope.current().say(line);
            }
        }
    }
}
