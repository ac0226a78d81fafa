package dev.atexit.internal.logging;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is only ever appended to, and that makes way for a fresh one before it grows over a size: {@code app.log}
 * becomes {@code app.log.1}, that one {@code app.log.2}, and the oldest is replaced.
 *
 * <p>Every step is one renaming, and the fresh file is only used when it is there: whenever the program dies, and whatever
 * fails, each line is in one of the files. A name is never followed where it is a link, but for the one that was opened.
 *
 * <p>Not thread-safe.
 */
final class RotatingFile {
    private final Path path;
    private final long maxBytes;
    private final int kept;

    // Not a channel: an interrupt of the thread that logs would close it.
    private FileOutputStream out;

    private @Nullable Object key;
    private long length;

    /** Past this the file is rotated: more than {@link #maxBytes} where that has failed before. */
    private long limit;

    /** Whether a line was cut in the middle, when the disk was full. */
    private boolean torn;

    /**
     * Takes over an open file.
     *
     * @param path where it is, free of links
     * @param maxBytes how large it may become, 0 for any size
     * @param kept how many files there may be besides this one
     */
    RotatingFile(Path path, FileOutputStream out, long maxBytes, int kept) throws IOException {
        this.path = path;
        this.out = out;
        this.maxBytes = maxBytes;
        this.kept = kept;
        use(out);
    }

    private void use(FileOutputStream opened) throws IOException {
        length = opened.getChannel().size();
        key = key();
        out = opened;
        limit = maxBytes;
        torn = false;
    }

    /** What tells the file at the path from any other one; null if there is none. */
    private @Nullable Object key() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    /**
     * Whether the file has no room for so many bytes; an empty one has room for any number.
     */
    boolean isFullFor(int bytes) {
        return maxBytes > 0 && length > 0 && length + bytes > limit;
    }

    /** Makes way for a fresh file. When it fails, the file goes on to be written, and it is tried again much later. */
    void rotate() throws IOException {
        limit = length + maxBytes;
        Object there = key();
        if (there != null && Objects.equals(there, key)) {
            makeWay();
        }
        // Else somebody else has moved it, or has put another one there: that one is taken.
        FileOutputStream fresh = open(path);
        FileOutputStream before = out;
        try {
            use(fresh);
        } catch (IOException failed) {
            fresh.close();
            throw failed;
        }
        before.close();
    }

    private void makeWay() throws IOException {
        int free = 1;
        while (free < kept && Files.exists(numbered(free), LinkOption.NOFOLLOW_LINKS)) {
            free++;
        }
        for (int i = free; i > 1; i--) {
            rename(numbered(i - 1), numbered(i));
        }
        rename(path, numbered(1));
    }

    /** Replaces what is there, be it a link. */
    private static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path numbered(int n) {
        return path.resolveSibling(path.getFileName() + "." + n);
    }

    private static FileOutputStream open(Path path) throws IOException {
        try {
            // Fails where there is a link.
            Files.createFile(path);
        } catch (FileAlreadyExistsException anothers) {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw anothers;
            }
        }
        return append(path.toFile());
    }

    /** Opens a file so that each write goes to its end, wherever that is by then. */
    static FileOutputStream append(File file) throws IOException {
        return new FileOutputStream(file, true);
    }

    /** Writes these bytes, which are whole lines, in one piece. */
    void write(byte[] bytes) throws IOException {
        boolean whole = false;
        try {
            if (torn) {
                out.write('\n');
                length++;
            }
            out.write(bytes);
            length += bytes.length;
            whole = true;
        } finally {
            torn = !whole;
        }
    }

    void close() throws IOException {
        out.close();
    }
}
