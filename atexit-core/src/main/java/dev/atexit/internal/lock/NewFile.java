package dev.atexit.internal.lock;

import dev.atexit.internal.tree.RandomName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts small files into place whole: nobody ever sees one without its content or its permissions. What may be written to
 * by others is never opened for that: everything is done under a name that nobody can guess.
 */
public final class NewFile {
    /** What anybody may read, as far as the process's mask lets them. */
    public static final Set<PosixFilePermission> READABLE = EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);

    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private NewFile() {}

    /**
     * Creates a file.
     *
     * @throws FileAlreadyExistsException if the name is taken, be it by a link that leads nowhere
     */
    public static void create(Path path, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        Path temporary = temporary(path);
        try {
            write(temporary, content, permissions);
            try {
                Files.createLink(path, temporary);
            } catch (FileAlreadyExistsException taken) {
                throw taken;
            } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
                // Without links: created empty, then written. If it was something else, this fails the same way.
                write(path, content, permissions);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Creates a file, or puts it into the place of the one that is there. */
    public static void replace(Path path, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        Path temporary = temporary(path);
        try {
            write(temporary, content, permissions);
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            Files.deleteIfExists(temporary);
            throw failed;
        }
    }

    /** Of the length that any name leaves room for. */
    private static Path temporary(Path path) {
        return path.resolveSibling("." + RandomName.next() + ".tmp");
    }

    /** Writes a file that is not there; it can be seen before it is whole. */
    static void write(Path path, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        try (SeekableByteChannel channel = posix
                ? Files.newByteChannel(path, NEW, PosixFilePermissions.asFileAttribute(permissions))
                : Files.newByteChannel(path, NEW)) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
        PosixFileAttributeView view = posix && permissions != READABLE ? view(path) : null;
        if (view != null && !view.readAttributes().permissions().equals(permissions)) {
            view.setPermissions(permissions);
        }
    }

    private static @Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }
}
