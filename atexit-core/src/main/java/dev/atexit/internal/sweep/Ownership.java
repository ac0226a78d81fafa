package dev.atexit.internal.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** Whose a file or directory is, and who may write to it: told without opening it, and of a link itself. */
final class Ownership {
    private static final int KIND = 0170000;
    private static final int REGULAR = 0100000;
    private static final int DIRECTORY = 0040000;
    private static final int LINK = 0120000;
    private static final int STICKY = 01000;
    private static final int GROUP_MAY_WRITE = 0020;
    private static final int OTHERS_MAY_WRITE = 0002;
    private static final long ID_MASK = 0xffff_ffffL;

    private final Path path;
    private final int mode;
    private final int links;
    private final long owner;

    private Ownership(Path path) throws IOException {
        this.path = path;
        Map<String, Object> attributes;
        try {
            attributes = Files.readAttributes(path, "unix:mode,nlink,uid", LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException notUnix) {
            throw new IOException("it cannot be told whose it is", notUnix);
        }
        this.mode = number(attributes, "mode");
        this.links = number(attributes, "nlink");
        this.owner = number(attributes, "uid") & ID_MASK;
    }

    /** Why a file is none that only this user can have written; empty if it is one. */
    static String refusalOfFile(Path path, long uid) throws IOException {
        Ownership found = new Ownership(path);
        if ((found.mode & KIND) != REGULAR) {
            return found.kindOtherThan("a file");
        }
        return found.links == 1 ? found.refusal(uid) : "has a second name (a hard link)";
    }

    /** Why a directory is none in which only this user can write; empty if it is one. */
    static String refusalOfDirectory(Path path, long uid) throws IOException {
        Ownership found = new Ownership(path);
        return (found.mode & KIND) == DIRECTORY ? found.refusal(uid) : found.kindOtherThan("a directory");
    }

    /** Why everybody could put something else into the place of what is in a directory; empty if that is not so. */
    static String refusalOfParent(Path path, long uid) throws IOException {
        Ownership found = new Ownership(path);
        if ((found.mode & KIND) != DIRECTORY) {
            return found.kindOtherThan("a directory");
        }
        if (found.owner != 0 && !found.belongsTo(uid)) {
            return "belongs to another user";
        }
        boolean open = (found.mode & OTHERS_MAY_WRITE) != 0 && (found.mode & STICKY) == 0;
        return open ? "may be written to by everybody" : "";
    }

    /** The user that something belongs to. */
    static long uid(Path path) throws IOException {
        return new Ownership(path).owner;
    }

    private String refusal(long uid) throws IOException {
        if (!belongsTo(uid)) {
            return "belongs to another user";
        }
        return (mode & (GROUP_MAY_WRITE | OTHERS_MAY_WRITE)) != 0 ? "may be written to by others" : "";
    }

    private String kindOtherThan(String wanted) {
        return (mode & KIND) == LINK ? "is a symbolic link" : "is not " + wanted;
    }

    private boolean belongsTo(long uid) throws IOException {
        return uid >= 0
                ? owner == uid
                : Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName().equals(System.getProperty("user.name"));
    }

    private static int number(Map<String, Object> attributes, String name) throws IOException {
        if (attributes.get(name) instanceof Integer value) {
            return value;
        }
        throw new IOException("it cannot be told whose it is");
    }
}
