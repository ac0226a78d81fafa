package dev.atexit.internal.lock;

import dev.atexit.internal.process.ProcessIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Beside a lock file, who holds it: for people and for messages. The lock does not depend on it, so nothing here fails:
 * where it cannot be written or read, less is told.
 *
 * <p>Lines of a word, a space and a value: {@code pid}, {@code host}, {@code started} and {@code since} in milliseconds
 * since 1970, {@code process} as in {@link ProcessIdentity#exact}.
 */
public final class OwnerFile {
    private static final int MAX_BYTES = 4096;
    private static final String SUFFIX = ".owner";
    private static final String NEW_SUFFIX = ".new";

    private OwnerFile() {}

    /**
     * Who holds the lock, as far as that was written down; null if nobody does, or it is not known. A process that ended
     * without freeing the lock holds it no more, and is not told where that can be seen.
     */
    public static @Nullable Owner read(Path lock) {
        Path path = path(lock);
        try {
            if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isRegularFile()) {
                return null;
            }
            try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
                return parse(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8));
            }
        } catch (IOException none) {
            return null;
        }
    }

    static @Nullable Owner parse(String text) {
        long pid = number(text, "pid");
        String host = value(text, "host");
        if (pid <= 0 || host == null) {
            return null;
        }
        String exact = value(text, "process");
        ProcessIdentity process =
                new ProcessIdentity(pid, host, Math.max(0, number(text, "started")), exact == null ? "" : exact);
        return process.hasEnded() ? null : new Owner(process, Math.max(0, number(text, "since")));
    }

    static String format(Owner owner) {
        ProcessIdentity process = owner.process;
        return "pid " + process.pid + "\nhost " + process.host + "\nstarted " + process.startedMillis + "\nsince "
                + owner.sinceMillis + "\nprocess " + process.exact + "\n";
    }

    /** To be called by who holds the lock: so nobody else uses the temporary name, and what a killed holder left goes. */
    static void write(Path lock, Owner owner) {
        Path temporary = lock.resolveSibling(lock.getFileName() + SUFFIX + NEW_SUFFIX);
        try {
            Files.deleteIfExists(temporary);
            NewFile.write(temporary, format(owner).getBytes(StandardCharsets.UTF_8), NewFile.READABLE);
            Files.move(temporary, path(lock), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException untold) {
            // In a directory shared with others it may be another user's, and not ours to replace.
            return;
        }
    }

    static void delete(Path lock) {
        try {
            Files.deleteIfExists(path(lock));
        } catch (IOException left) {
            // It names a process that will have ended, or is written anew by the next holder.
            return;
        }
    }

    private static Path path(Path lock) {
        return lock.resolveSibling(lock.getFileName() + SUFFIX);
    }

    private static @Nullable String value(String text, String word) {
        int at = text.startsWith(word + " ") ? 0 : text.indexOf("\n" + word + " ") + 1;
        if (at == 0 && !text.startsWith(word + " ")) {
            return null;
        }
        int from = at + word.length() + 1;
        int to = text.indexOf('\n', from);
        return to < 0 ? null : text.substring(from, to);
    }

    /** A number of at most 18 digits, or -1. */
    private static long number(String text, String word) {
        String value = value(text, word);
        if (value == null || value.isEmpty() || value.length() > 18) {
            return -1;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(value);
    }
}
