package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A {@link FileIdentity} in numbers, for other processes to recognise the file by. Immutable. */
public final class RecordedFile {
    private static final String DEVICE = "(dev=";
    private static final String INODE = ",ino=";

    /** The number of the file system, which holds for one boot and mount. */
    public final long device;

    /** The number of the file, which is used again once it is deleted. */
    public final long inode;

    /** When it was created, or last changed where that is not known; nanoseconds since 1970. */
    public final long createdNanos;

    /** Whether it is a directory. */
    public final boolean directory;

    /** A file as it was written down. */
    public RecordedFile(long device, long inode, long createdNanos, boolean directory) {
        this.device = device;
        this.inode = inode;
        this.createdNanos = createdNanos;
        this.directory = directory;
    }

    /** The file with these attributes, read without following a link; null where files have no numbers. */
    public static @Nullable RecordedFile of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        String text = key == null ? "" : key.toString();
        int comma = text.indexOf(INODE);
        if (!text.startsWith(DEVICE) || comma < 0 || !text.endsWith(")")) {
            return null;
        }
        try {
            return new RecordedFile(
                    Long.parseUnsignedLong(text, DEVICE.length(), comma, 16),
                    Long.parseUnsignedLong(text, comma + INODE.length(), text.length() - 1, 10),
                    created(attributes),
                    attributes.isDirectory());
        } catch (NumberFormatException otherForm) {
            // The text of a key is no promise of the JDK's. Without numbers there is nothing to recognise.
            return null;
        }
    }

    /**
     * The directory in which something is to be made; null where it has no numbers, or cannot be looked at: then making
     * something in it fails as well, and says why.
     */
    public static @Nullable RecordedFile ofParent(Path directory) {
        try {
            return of(Files.readAttributes(directory, BasicFileAttributes.class));
        } catch (IOException invisible) {
            return null;
        }
    }

    /**
     * Expects this file, and no other.
     *
     * @param sameMount whether device numbers still are what they were when it was written down
     */
    public Expectation asRecorded(boolean sameMount) {
        return new AsRecorded(sameMount, false);
    }

    /**
     * Expects this file, for names that others use as well: where the creation is not known it must be unchanged since.
     *
     * @param sameMount as {@link #asRecorded}
     */
    public Expectation asRecordedExactly(boolean sameMount) {
        return new AsRecorded(sameMount, true);
    }

    /**
     * Expects anything that is in this directory, and of the kind.
     *
     * @param sameMount as {@link #asRecorded}
     */
    public Expectation asParent(boolean sameMount, boolean ofDirectory) {
        return new AsParent(sameMount, ofDirectory);
    }

    /**
     * Whether this is the file. Without the device the inode alone would say little, so the creation time must be known;
     * with it, it must be the same if it is known.
     */
    private boolean isSame(BasicFileAttributes now, boolean sameMount, boolean tellsCreation) {
        RecordedFile there = of(now);
        if (there == null || there.inode != inode || there.directory != directory) {
            return false;
        }
        return sameMount
                ? there.device == device && (there.createdNanos == createdNanos || !tellsCreation)
                : there.createdNanos == createdNanos && tellsCreation;
    }

    private static long created(BasicFileAttributes attributes) {
        return attributes.creationTime().to(TimeUnit.NANOSECONDS);
    }

    private final class AsRecorded implements Expectation {
        private final boolean sameMount;

        private final boolean exactly;

        AsRecorded(boolean sameMount, boolean exactly) {
            this.sameMount = sameMount;
            this.exactly = exactly;
        }

        @Override
        public boolean matches(BasicFileAttributes now, BasicFileAttributes parent) {
            // Either of the two may be as it was in its first instant.
            boolean tellsCreation = FileIdentity.tellsCreation(parent) || FileIdentity.tellsCreation(now);
            return isSame(now, sameMount, tellsCreation) && (!exactly || created(now) == createdNanos);
        }
    }

    private final class AsParent implements Expectation {
        private final boolean sameMount;
        private final boolean ofDirectory;

        AsParent(boolean sameMount, boolean ofDirectory) {
            this.sameMount = sameMount;
            this.ofDirectory = ofDirectory;
        }

        @Override
        public boolean matches(BasicFileAttributes now, BasicFileAttributes parent) {
            return now.isDirectory() == ofDirectory && isSame(parent, sameMount, FileIdentity.tellsCreation(parent));
        }
    }
}
