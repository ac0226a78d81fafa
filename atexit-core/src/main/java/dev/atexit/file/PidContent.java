package dev.atexit.file;

import dev.atexit.internal.lock.LockFile;
import dev.atexit.internal.lock.NewFile;
import dev.atexit.internal.lock.Owner;
import dev.atexit.internal.lock.OwnerFile;
import dev.atexit.internal.process.ProcessIdentity;
import dev.atexit.internal.process.Processes;
import dev.atexit.internal.tree.FileIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A pid file as it was found at one instant. Immutable. */
final class PidContent {
    /** Some programs write more below the number. */
    private static final int MAX_BYTES = 4096;

    private static final int MAX_DIGITS = 10;

    /** How long the winner of a race may take until its number can be read. */
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final long PAUSE_MS = 2;

    /** The number that it names, 0 if none. */
    final long pid;

    private final String text;
    private final FileIdentity identity;

    private PidContent(String text, BasicFileAttributes attributes) {
        this.text = text;
        this.pid = parse(text);
        this.identity = FileIdentity.of(attributes);
    }

    /**
     * What is there; null if there is nothing.
     *
     * @throws FileSystemException if it is anything but a file, be it a link to one
     */
    static @Nullable PidContent read(Path path) throws IOException {
        try {
            BasicFileAttributes attributes = look(path);
            if (!attributes.isRegularFile()) {
                String what = attributes.isSymbolicLink() ? "a symbolic link" : "not a file";
                throw new FileSystemException(path.toString(), null, "is " + what + ", and so no pid file");
            }
            try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                return new PidContent(new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1), attributes);
            }
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    /** Creates the file with our number; null if there is one by now. */
    static @Nullable PidContent create(Path path) throws IOException {
        try {
            NewFile.create(path, ownText().getBytes(StandardCharsets.ISO_8859_1), NewFile.READABLE);
        } catch (FileAlreadyExistsException byAnother) {
            return null;
        }
        return new PidContent(ownText(), look(path));
    }

    /** Puts a file with our number into the place of the one that is there. */
    static PidContent replace(Path path) throws IOException {
        NewFile.replace(path, ownText().getBytes(StandardCharsets.ISO_8859_1), NewFile.READABLE);
        return new PidContent(ownText(), look(path));
    }

    /** The number of whoever has the lock. */
    static long awaitOwner(Path path, Path lock) throws IOException {
        if (LockFile.isHeldHere(lock)) {
            return ProcessIdentity.own().pid;
        }
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (; ; ) {
            PidContent there = read(path);
            Owner owner = OwnerFile.read(lock);
            // In the first instant both may be those of a dead predecessor.
            boolean agree = there != null && owner != null && there.pid == owner.process.pid;
            if (agree || System.nanoTime() - end > 0 || !pause()) {
                return there != null && there.pid != 0 ? there.pid : owner == null ? 0 : owner.process.pid;
            }
        }
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

    /** The first line as a number that a process can have; 0 for anything else. */
    private static long parse(String text) {
        int end = text.indexOf('\n');
        String line = (end < 0 ? text : text.substring(0, end)).strip();
        if (line.isEmpty() || line.length() > MAX_DIGITS) {
            return 0;
        }
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) < '0' || line.charAt(i) > '9') {
                return 0;
            }
        }
        long number = Long.parseLong(line);
        return number > Integer.MAX_VALUE ? 0 : number;
    }
}
