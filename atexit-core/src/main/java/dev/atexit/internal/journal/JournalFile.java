package dev.atexit.internal.journal;

import dev.atexit.internal.tree.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The file of a journal, and its map. It is filled with real zeros before it is mapped: a disk that is full must be met
 * here, and not when a record is written. No channel stays open, so that an interrupt finds none to close.
 */
final class JournalFile {
    private static final int FIRST_BYTES = 64 * 1024;
    private static final int MOST_MORE_BYTES = 16 * 1024 * 1024;
    private static final int MOST_BYTES = Integer.MAX_VALUE - MOST_MORE_BYTES;

    /** An interrupt closes the channel, and the next try begins with a new one. */
    private static final int MAX_TRIES = 16;

    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> OPEN =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private JournalFile() {}

    /** Makes a journal without records, whose lock is held by the caller; returns its bytes. */
    static ByteBuffer create(Path directory, String id, Header header, boolean force) throws IOException {
        Path making = directory.resolve(id + JournalNames.NEW);
        boolean made = false;
        boolean interrupted = Thread.interrupted();
        try {
            ByteBuffer bytes = ByteBuffer.allocate(FIRST_BYTES);
            bytes.put(header.encode()).clear();
            try (FileChannel channel = FileChannel.open(making, CREATE, OwnerOnly.file(making))) {
                write(channel, 0, bytes);
                if (force) {
                    channel.force(true);
                }
            }
            Files.move(making, directory.resolve(id + JournalNames.JOURNAL), StandardCopyOption.ATOMIC_MOVE);
            made = true;
            return bytes.clear();
        } finally {
            if (!made) {
                Files.deleteIfExists(making);
            }
            restore(interrupted);
        }
    }

    /** Maps a journal that has so many bytes. */
    static MappedByteBuffer map(Path path, int bytes) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(path, OPEN)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        } finally {
            restore(interrupted);
        }
    }

    /** Makes a journal longer, and maps it anew. */
    static MappedByteBuffer grow(Path path, int bytes, boolean force) throws IOException {
        if (bytes >= MOST_BYTES) {
            throw new FileSystemException(path.toString(), null, "the journal is as large as it can be");
        }
        boolean interrupted = false;
        try {
            for (int tries = 1; ; tries++) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(path, OPEN)) {
                    return extend(channel, bytes, bytes + Math.min(bytes, MOST_MORE_BYTES), force);
                } catch (ClosedByInterruptException again) {
                    if (tries == MAX_TRIES) {
                        throw again;
                    }
                }
            }
        } finally {
            restore(interrupted);
        }
    }

    private static MappedByteBuffer extend(FileChannel channel, long from, int to, boolean force) throws IOException {
        boolean done = false;
        try {
            ByteBuffer zeros = ByteBuffer.allocate(FIRST_BYTES);
            for (long at = from; at < to; at += zeros.limit()) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), to - at));
                write(channel, at, zeros);
            }
            if (force) {
                channel.force(true);
            }
            MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, to);
            done = true;
            return map;
        } finally {
            if (!done && channel.isOpen()) {
                // What could not be had whole is given back; the map that is there has all it needs.
                channel.truncate(from);
            }
        }
    }

    private static void write(FileChannel channel, long at, ByteBuffer bytes) throws IOException {
        long from = at;
        while (bytes.hasRemaining()) {
            from += channel.write(bytes, from);
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
