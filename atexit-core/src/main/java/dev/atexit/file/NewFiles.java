package dev.atexit.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Makes files and directories that are their owner's only, from the first instant, where the file system knows owners. */
final class NewFiles {
    private static final Set<OpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private static final FileAttribute<?>[] NONE = {};

    private static final FileAttribute<?>[] FILE = {
        PosixFilePermissions.asFileAttribute(
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
    };

    private static final FileAttribute<?>[] DIRECTORY = {
        PosixFilePermissions.asFileAttribute(EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE))
    };

    private NewFiles() {}

    static void createFile(Path path) throws IOException {
        Files.newByteChannel(path, NEW, knowsOwners(path) ? FILE : NONE).close();
    }

    static void createDirectory(Path path) throws IOException {
        Files.createDirectory(path, knowsOwners(path) ? DIRECTORY : NONE);
    }

    private static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
