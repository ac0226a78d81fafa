package dev.atexit.internal.journal;

import dev.atexit.internal.tree.PathBytes;
import dev.atexit.internal.tree.RecordedFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The bytes of one record while it is written. Kept from record to record, so that writing one makes no garbage. */
final class Payload {
    private static final int MAX_TEXT_BYTES = 0xffff;

    static final byte DELETE_TREE = 1;
    static final byte DELETE_FILE = 2;
    static final byte REMOVE_PID_FILE = 3;
    static final byte RUN = 4;
    static final byte GROUP = 5;

    static final byte HAS_PARENT = 1;
    static final byte HAS_IDENTITY = 2;
    static final byte HAS_RANDOM_PART = 4;

    private static final byte[] NOTHING = {};

    private byte[] bytes = new byte[512];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Begins anew, with an action. */
    void setIntent(Action action) {
        length = 0;
        add(action, 0);
    }

    /** Begins anew, with what was made of an intent. */
    void setMade(long sequence, RecordedFile file) {
        length = 0;
        addLong(sequence);
        add(file);
    }

    /** Begins anew, with what is done of an intent. */
    void setDone(long sequence, int part) {
        length = 0;
        addLong(sequence);
        addShort(part);
    }

    private void add(Action action, int depth) {
        if (action instanceof Action.Delete delete) {
            add(delete);
        } else if (action instanceof Action.RemovePidFile removal) {
            add(removal);
        } else if (action instanceof Action.Run run) {
            add(run);
        } else {
            add((Action.Group) action, depth);
        }
    }

    private void add(Action.Delete delete) {
        addKind(
                delete.tree ? DELETE_TREE : DELETE_FILE,
                delete.parent,
                delete.made,
                delete.randomLength > 0 ? HAS_RANDOM_PART : 0);
        addPath(delete.path);
        if (delete.randomLength > 0) {
            addShort(delete.randomFrom);
            addShort(delete.randomLength);
        }
    }

    private void add(Action.RemovePidFile removal) {
        addKind(REMOVE_PID_FILE, removal.parent, removal.made, (byte) 0);
        addPath(removal.path);
        addLong(removal.pid);
        Path temporary = removal.temporary;
        if (temporary == null) {
            addBytes(NOTHING);
        } else {
            addPath(temporary);
        }
    }

    private void add(Action.Run run) {
        addKind(RUN, null, null, (byte) 0);
        addLong(run.timeoutNanos);
        addPath(run.directory);
        addShort(run.command.size());
        for (String argument : run.command) {
            addBytes(argument.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void add(Action.Group group, int depth) {
        if (depth >= Layout.MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "more than " + Layout.MAX_DEPTH + " groups of actions in each other cannot be written down");
        }
        addKind(GROUP, null, null, (byte) 0);
        addShort(group.actions.size());
        for (Action action : group.actions) {
            add(action, depth + 1);
        }
    }

    private void addKind(byte kind, @Nullable RecordedFile parent, @Nullable RecordedFile made, byte moreFlags) {
        addByte(kind);
        addByte((byte) ((parent == null ? 0 : HAS_PARENT) | (made == null ? 0 : HAS_IDENTITY) | moreFlags));
        if (parent != null) {
            add(parent);
        }
        if (made != null) {
            add(made);
        }
    }

    private void add(RecordedFile file) {
        addLong(file.device);
        addLong(file.inode);
        addLong(file.createdNanos);
        addByte((byte) (file.directory ? 1 : 0));
    }

    private void addPath(Path path) {
        addBytes(PathBytes.encode(path));
    }

    private void addBytes(byte[] added) {
        if (added.length > MAX_TEXT_BYTES) {
            throw new IllegalArgumentException("a text of " + added.length + " bytes is too long to be written down");
        }
        addShort(added.length);
        reserve(added.length);
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
    }

    private void addLong(long value) {
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            addByte((byte) (value >>> shift));
        }
    }

    private void addShort(int value) {
        addByte((byte) value);
        addByte((byte) (value >>> Byte.SIZE));
    }

    private void addByte(byte value) {
        reserve(1);
        bytes[length++] = value;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }
}
