package dev.atexit.internal.tree;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;

/** What files and directories are made with that are their owner's only, from the first instant. */
public final class OwnerOnly {
    private static final FileAttribute<?>[] NONE = {};

    private static final FileAttribute<?>[] FILE = {
        PosixFilePermissions.asFileAttribute(
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE))
    };

    private static final FileAttribute<?>[] DIRECTORY = {
        PosixFilePermissions.asFileAttribute(EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE))
    };

    private OwnerOnly() {}

    /** For a file: nothing where the file system does not know owners. */
    public static FileAttribute<?>[] file(Path path) {
        return isKnown(path) ? FILE : NONE;
    }

    /** For a directory: nothing where the file system does not know owners. */
    public static FileAttribute<?>[] directory(Path path) {
        return isKnown(path) ? DIRECTORY : NONE;
    }

    /** Whether the file system of a path knows owners and their permissions. */
    public static boolean isKnown(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
