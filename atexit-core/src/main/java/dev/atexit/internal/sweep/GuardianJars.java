package dev.atexit.internal.sweep;

import dev.atexit.internal.tree.FileIdentity;
import dev.atexit.internal.tree.TreeDeleter;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * The jars that guardians are started from: one for each version of the library, so that an upgrade leaves one behind. Whoever
 * has a guardian sets the time of its jar each day, and makes it anew should it be gone; so one whose time is long past is
 * nobody's.
 */
public final class GuardianJars {
    /** The part of the state directory that they are in. */
    public static final String DIRECTORY = "guardian";

    /** Begins the name of each. */
    public static final String PREFIX = "guardian-";

    /** Ends the name of each. */
    public static final String SUFFIX = ".jar";

    /** How long one is kept that nobody has. */
    private static final long KEPT_MILLIS = TimeUnit.DAYS.toMillis(30);

    private static final int NAME_DIGITS = 16;

    private GuardianJars() {}

    /** Deletes those that nobody has any more. Where it cannot be done a later sweep does it. */
    static void deleteUnused(Path directory, long uid) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            JournalDirectory.check(directory, uid);
            long oldest = System.currentTimeMillis() - KEPT_MILLIS;
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
                for (Path file : files) {
                    deleteOlder(file, oldest, uid);
                }
            }
        } catch (IOException | DirectoryIteratorException untrusted) {
            // Nothing is owed to anybody.
            return;
        }
    }

    private static void deleteOlder(Path jar, long oldest, long uid) throws IOException {
        String name = String.valueOf(jar.getFileName());
        if (name.length() != PREFIX.length() + NAME_DIGITS + SUFFIX.length()
                || !Ownership.refusalOfFile(jar, uid).isEmpty()) {
            return;
        }
        BasicFileAttributes found = Files.readAttributes(jar, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (found.lastModifiedTime().toMillis() < oldest) {
            TreeDeleter.delete(jar, FileIdentity.of(found));
        }
    }
}
