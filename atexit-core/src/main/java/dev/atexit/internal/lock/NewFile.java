package dev.atexit.internal.lock;

import dev.atexit.internal.tree.OwnerOnly;
import dev.atexit.internal.tree.RandomName;
import java.io.Closeable;
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
        try (Draft draft = draft(path, content, permissions)) {
            draft.write();
            draft.link();
        }
    }

    /** Creates a file, or puts it into the place of the one that is there. */
    public static void replace(Path path, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        try (Draft draft = draft(path, content, permissions)) {
            draft.write();
            draft.move();
        }
    }

    /** The same step by step, for those who want to know the file before it has its name. Nothing is written yet. */
    public static Draft draft(Path path, byte[] content, Set<PosixFilePermission> permissions) {
        return new Draft(path, content, permissions);
    }

    /** A file under a name that nobody can guess, until it is put into place. What is left of it goes when this is closed. */
    public static final class Draft implements Closeable {
        private final Path path;
        private final Path temporary;
        private final byte[] content;
        private final Set<PosixFilePermission> permissions;

        private Draft(Path path, byte[] content, Set<PosixFilePermission> permissions) {
            this.path = path;
            // Of a length that any name leaves room for.
            this.temporary = path.resolveSibling("." + RandomName.next() + ".tmp");
            this.content = content;
            this.permissions = permissions;
        }

        /** The name that nobody can guess. */
        public Path temporary() {
            return temporary;
        }

        /** Writes the file under that name. */
        public void write() throws IOException {
            NewFile.write(temporary, content, permissions);
        }

        /**
         * Gives the file its name. Where a file can have only one it is written again, and is another one then.
         *
         * @throws FileAlreadyExistsException if the name is taken
         */
        public void link() throws IOException {
            try {
                Files.createLink(path, temporary);
            } catch (FileAlreadyExistsException taken) {
                throw taken;
            } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
                // Without links: created empty, then written. If it was something else, this fails the same way.
                NewFile.write(path, content, permissions);
            }
        }

        /** Gives the file its name, whoever has it. */
        public void move() throws IOException {
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        }

        @Override
        public void close() throws IOException {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes a file that is not there; it can be seen before it is whole. */
    static void write(Path path, byte[] content, Set<PosixFilePermission> permissions) throws IOException {
        boolean posix = OwnerOnly.isKnown(path);
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
