package dev.atexit.internal.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** File systems on which a lock that is free means that nobody anywhere has it. */
final class LocalFileSystems {
    private static final Set<String> TYPES = Set.of(
            "ext2",
            "ext3",
            "ext4",
            "xfs",
            "btrfs",
            "tmpfs",
            "ramfs",
            "overlay",
            "aufs",
            "zfs",
            "f2fs",
            "jfs",
            "nilfs2",
            "reiserfs",
            "bcachefs",
            "ufs",
            "apfs",
            "hfs");

    private LocalFileSystems() {}

    /** Why locks on the file system of this directory may be unknown to other machines; empty if they are not. */
    static String doubt(Path directory) {
        String type;
        try {
            type = Files.getFileStore(directory).type();
        } catch (IOException unknown) {
            return "it cannot be told whether its file system is local";
        }
        return TYPES.contains(type.toLowerCase(Locale.ROOT))
                ? ""
                : "its file system (" + type + ") is not known to be local";
    }
}
