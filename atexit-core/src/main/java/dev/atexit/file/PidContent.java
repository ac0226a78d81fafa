package dev.atexit.file;

import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.LockFile;
import dev.atexit.internal.lock.NewFile;
import dev.atexit.internal.lock.Owner;
import dev.atexit.internal.lock.OwnerFile;
import dev.atexit.internal.lock.PidText;
import dev.atexit.internal.process.ProcessIdentity;
import dev.atexit.internal.process.Processes;
import dev.atexit.internal.tree.FileIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A pid file as it was found at one instant. Immutable. */
final class PidContent {
    /** How long the winner of a race may take until its number can be read. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final long PAUSE_MS = 2;
    private static final int ENOUGH_LOOKS = 3;

    /** The number that it names, 0 if none. */
    final long pid;

    private final String text;
    private final FileIdentity identity;

    private PidContent(PidText read) {
        this.text = read.text;
        this.pid = read.pid;
        this.identity = FileIdentity.of(read.attributes);
    }

    /**
     * What is there; null if there is nothing.
     *
     * @throws FileSystemException if it is anything but a file, be it a link to one
     */
    static @Nullable PidContent read(Path path) throws IOException {
        PidText there = PidText.read(path);
        return there == null ? null : new PidContent(there);
    }

    /** Creates the file with our number, and writes that down; null if there is one by now. */
    static @Nullable PidContent create(Path path, PidRecord record) throws IOException {
        try {
            return put(path, record, false);
        } catch (FileAlreadyExistsException byAnother) {
            return null;
        }
    }

    /** Puts a file with our number into the place of the one that is there, and writes that down. */
    static PidContent replace(Path path, PidRecord record) throws IOException {
        return put(path, record, true);
    }

    private static PidContent put(Path path, PidRecord record, boolean over) throws IOException {
        try (NewFile.Draft draft =
                NewFile.draft(path, ownText().getBytes(StandardCharsets.ISO_8859_1), NewFile.READABLE)) {
            record.intend(draft.temporary());
            draft.write();
            record.made(look(draft.temporary()));
            if (over) {
                draft.move();
            } else {
                draft.link();
            }
        }
        BasicFileAttributes there = look(path);
        record.made(there);
        return new PidContent(new PidText(ownText(), there));
    }

    /**
     * Takes the lock of a pid file. One that is taken by an owner is told by the number; but a sweep that clears up after a
     * dead owner has it too, for an instant.
     *
     * @return null if an owner has it
     */
    static @Nullable HeldFile hold(Path path) throws IOException {
        Path lock = PidText.lockOf(path);
        long end = System.nanoTime() + PATIENCE_NANOS;
        int agreed = 0;
        for (; ; ) {
            HeldFile held = LockFile.tryHold(lock);
            if (held != null) {
                return held;
            }
            PidContent there = read(path);
            Owner owner = OwnerFile.read(lock);
            // In the first instants both may be those of a dead predecessor.
            agreed += there != null && owner != null && there.pid == owner.process.pid ? 1 : 0;
            if (agreed == ENOUGH_LOOKS || System.nanoTime() - end > 0 || !pause()) {
                return null;
            }
        }
    }

    /** The number of whoever has the lock, as far as it is told. */
    static long owner(Path path) throws IOException {
        Path lock = PidText.lockOf(path);
        if (LockFile.isHeldHere(lock)) {
            return ProcessIdentity.own().pid;
        }
        PidContent there = read(path);
        Owner owner = OwnerFile.read(lock);
        return there != null && there.pid != 0 ? there.pid : owner == null ? 0 : owner.process.pid;
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MS);
            return true;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether it is neither a number nor what a crash of the machine makes of one. */
    boolean isForeignText() {
        if (pid != 0) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > ' ') {
                return true;
            }
        }
        return false;
    }

    /** Whether a process has the number, other than this one. */
    boolean isAnotherAlive() {
        return pid != ProcessIdentity.own().pid && Processes.isAlive(pid);
    }

    /** Whether the file is still this one, with this content. */
    boolean isStillAt(Path path) throws IOException {
        BasicFileAttributes now = look(path);
        BasicFileAttributes parent = Files.readAttributes(path.resolveSibling("."), BasicFileAttributes.class);
        if (!identity.matches(now, parent)) {
            return false;
        }
        PidContent there = read(path);
        return there != null && text.equals(there.text);
    }

    private static BasicFileAttributes look(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static String ownText() {
        return ProcessIdentity.own().pid + "\n";
    }
}
