package dev.atexit.internal.tree;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** Attributes of open directories and of what is in them. */
final class Attributes {
    private static final Set<PosixFilePermission> ALL_OF_OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private Attributes() {}

    /** The attributes of an entry, of the link itself if it is one. */
    static BasicFileAttributes of(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        return directory
                .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
    }

    /** Whether this is the very directory that {@code seen} are the attributes of. */
    static boolean isSame(SecureDirectoryStream<Path> directory, BasicFileAttributes seen) throws IOException {
        Object key = directory
                .getFileAttributeView(BasicFileAttributeView.class)
                .readAttributes()
                .fileKey();
        return key != null && key.equals(seen.fileKey());
    }

    /** Gives the owner every right on an open directory; false if that changes nothing or is not ours to do. */
    static boolean repair(SecureDirectoryStream<Path> directory) {
        PosixFileAttributeView view = directory.getFileAttributeView(PosixFileAttributeView.class);
        if (view == null) {
            return false;
        }
        try {
            Set<PosixFilePermission> permissions =
                    EnumSet.copyOf(view.readAttributes().permissions());
            if (!permissions.addAll(ALL_OF_OWNER)) {
                return false;
            }
            view.setPermissions(permissions);
            return true;
        } catch (IOException notOurs) {
            // The failure that asked for the repair is the one to report.
            return false;
        }
    }
}
