package dev.atexit.internal.tree;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What tells a file from another one that later has its name. Immutable. */
public final class FileIdentity implements Expectation {
    private final @Nullable Object key;
    private final long createdNanos;
    private final boolean directory;

    private FileIdentity(BasicFileAttributes attributes) {
        this.key = attributes.fileKey();
        this.createdNanos = created(attributes);
        this.directory = attributes.isDirectory();
    }

    /** The identity of what these are the attributes of, read without following a link. */
    public static FileIdentity of(BasicFileAttributes attributes) {
        return new FileIdentity(attributes);
    }

    /** Whether it was a directory. */
    public boolean isDirectory() {
        return directory;
    }

    /** Whether this is still the same file. Inode numbers come back at once, so the key alone would not do. */
    @Override
    public boolean matches(BasicFileAttributes now, BasicFileAttributes parent) {
        if (directory != now.isDirectory()) {
            return false;
        }
        if (key != null && !key.equals(now.fileKey())) {
            return false;
        }
        return createdNanos == created(now) || (key != null && !tellsCreation(parent));
    }

    /**
     * Where the creation time is not known, the JDK gives that of the last change instead. A directory that ever got an
     * entry after its first instant shows which of the two it is: and a replacement is such an entry.
     */
    static boolean tellsCreation(BasicFileAttributes parent) {
        return created(parent) != parent.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    private static long created(BasicFileAttributes attributes) {
        return attributes.creationTime().to(TimeUnit.NANOSECONDS);
    }
}
