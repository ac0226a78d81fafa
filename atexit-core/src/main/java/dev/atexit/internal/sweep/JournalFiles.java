package dev.atexit.internal.sweep;

import dev.atexit.internal.journal.JournalNames;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/** The files of one process in the directory of the journals. */
final class JournalFiles {
    private static final int ID_DIGITS = 32;
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CHANGE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    final Path lock;
    final Path journal;
    final Path unfinished;
    final Path quarantined;

    JournalFiles(Path directory, String id) {
        lock = directory.resolve(id + JournalNames.LOCK);
        journal = directory.resolve(id + JournalNames.JOURNAL);
        unfinished = directory.resolve(id + JournalNames.NEW);
        quarantined = directory.resolve(id + JournalNames.QUARANTINED);
    }

    /** The ID in a name that ends so; empty if it is no such name. */
    static String id(String name, String suffix) {
        return name.length() == ID_DIGITS + suffix.length() && name.endsWith(suffix) && isId(name)
                ? name.substring(0, ID_DIGITS)
                : "";
    }

    /** Whether a text begins with an ID. */
    static boolean isId(String text) {
        for (int i = 0; i < ID_DIGITS; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is anything. Not knowing it is a failure: what is taken for missing is not asked for again. */
    static boolean exists(Path path) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return true;
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    /**
     * Opens a file that has been found to be this user's.
     *
     * @throws NoSuchFileException if there is none
     * @throws RefusedException if it is not to be opened
     */
    static FileChannel open(Path path, boolean change, long uid) throws IOException {
        Object key = checkedKey(path, uid);
        FileChannel channel = FileChannel.open(path, change ? CHANGE : READ);
        boolean same = false;
        try {
            same = key != null && key.equals(checkedKey(path, uid));
            if (!same) {
                throw new RefusedException(path, "was replaced while it was looked at");
            }
            return channel;
        } finally {
            if (!same) {
                channel.close();
            }
        }
    }

    private static Object checkedKey(Path path, long uid) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
        check(path, uid);
        if (key == null) {
            throw new RefusedException(path, "cannot be told from other files");
        }
        return key;
    }

    static void check(Path path, long uid) throws IOException {
        String refusal = Ownership.refusalOfFile(path, uid);
        if (!refusal.isEmpty()) {
            throw new RefusedException(path, refusal);
        }
    }

    /** Puts the journal aside. */
    void quarantine() throws IOException {
        Files.move(journal, quarantined, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes all but the lock, which goes last. */
    void delete() throws IOException {
        Files.deleteIfExists(journal);
        Files.deleteIfExists(unfinished);
    }

    void deleteUnfinished() throws IOException {
        Files.deleteIfExists(unfinished);
    }

    /** It is not touched, whatever it is. */
    static final class RefusedException extends FileSystemException {
        private static final long serialVersionUID = 1L;

        RefusedException(Path path, String reason) {
            super(path.toString(), null, reason);
        }
    }
}
