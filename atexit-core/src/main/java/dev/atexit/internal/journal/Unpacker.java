package dev.atexit.internal.journal;

import dev.atexit.internal.tree.PathBytes;
import dev.atexit.internal.tree.RecordedFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the payload of a record, strictly: what is not exactly as {@link Payload} writes it is refused. */
final class Unpacker {
    private static final int MAX_PATH_BYTES = 4096;
    private static final byte SEPARATOR = '/';

    private final ByteBuffer in;

    /** What is left to be read. */
    Unpacker(byte[] payload) {
        in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The action that the payload is.
     *
     * @throws BadRecordException if it is none
     */
    Action intent() throws BadRecordException {
        Action action = action(0);
        check(!in.hasRemaining(), "something follows the action");
        return action;
    }

    /** The sequence of the intent that a record belongs to; then follows what it says about it. */
    long intentOf() throws BadRecordException {
        return number();
    }

    /** What was made, which ends the payload. */
    RecordedFile made() throws BadRecordException {
        RecordedFile file = identity();
        check(!in.hasRemaining(), "something follows the identity");
        return file;
    }

    /** Which part of the intent is done, which ends the payload. */
    int done() throws BadRecordException {
        int part = uint16();
        check(!in.hasRemaining(), "something follows the part");
        return part;
    }

    private Action action(int depth) throws BadRecordException {
        byte kind = octet();
        byte flags = octet();
        if (kind == Payload.DELETE_TREE || kind == Payload.DELETE_FILE) {
            return delete(kind == Payload.DELETE_TREE, flags);
        }
        if (kind == Payload.REMOVE_PID_FILE) {
            return pidFile(flags);
        }
        check(flags == 0, "unknown flags");
        if (kind == Payload.RUN) {
            return command();
        }
        check(kind == Payload.GROUP, "unknown kind of action");
        return group(depth);
    }

    private Action delete(boolean tree, byte flags) throws BadRecordException {
        checkFlags(flags, Payload.HAS_PARENT | Payload.HAS_IDENTITY | Payload.HAS_RANDOM_PART);
        RecordedFile parent = has(flags, Payload.HAS_PARENT) ? identity() : null;
        RecordedFile made = has(flags, Payload.HAS_IDENTITY) ? identity() : null;
        byte[] path = text();
        int from = 0;
        int length = 0;
        if (has(flags, Payload.HAS_RANDOM_PART)) {
            from = uint16();
            length = uint16();
            check(length > 0 && from + length <= path.length - nameAt(path), "the random part is not in the name");
        }
        return new Action.Delete(tree, path(path), parent, made, from, length);
    }

    private Action pidFile(byte flags) throws BadRecordException {
        checkFlags(flags, Payload.HAS_PARENT | Payload.HAS_IDENTITY);
        RecordedFile parent = has(flags, Payload.HAS_PARENT) ? identity() : null;
        RecordedFile made = has(flags, Payload.HAS_IDENTITY) ? identity() : null;
        byte[] path = text();
        long pid = number();
        check(pid > 0, "not the number of a process");
        return new Action.RemovePidFile(path(path), parent, made, pid, sibling(path, text()));
    }

    private Action command() throws BadRecordException {
        long timeoutNanos = number();
        check(timeoutNanos > 0, "no timeout");
        Path directory = path(text(), true);
        int count = uint16();
        check(count > 0, "no command");
        List<String> command = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String argument = utf8(text());
            check(argument.indexOf('\0') < 0, "a zero in a command");
            command.add(argument);
        }
        check(!command.get(0).isEmpty(), "no command");
        return new Action.Run(command, directory, timeoutNanos);
    }

    private Action group(int depth) throws BadRecordException {
        check(depth < Layout.MAX_DEPTH, "too many groups in each other");
        int count = uint16();
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            actions.add(action(depth + 1));
        }
        return new Action.Group(actions);
    }

    private RecordedFile identity() throws BadRecordException {
        long device = number();
        long inode = number();
        long created = number();
        byte directory = octet();
        check(directory == 0 || directory == 1, "neither file nor directory");
        return new RecordedFile(device, inode, created, directory == 1);
    }

    /** A name in the same directory as {@code path}; null if it is empty. */
    private static @Nullable Path sibling(byte[] path, byte[] name) throws BadRecordException {
        if (name.length == 0) {
            return null;
        }
        int at = name[0] == SEPARATOR ? nameAt(name) : 0;
        boolean beside = at == 0 || (at == nameAt(path) && Arrays.equals(name, 0, at, path, 0, at));
        check(beside, "a temporary name in another directory");
        byte[] whole = Arrays.copyOf(path, nameAt(path) + name.length - at);
        System.arraycopy(name, at, whole, nameAt(path), name.length - at);
        check(nameAt(whole) == nameAt(path), "a temporary name in another directory");
        return path(whole);
    }

    private static Path path(byte[] bytes) throws BadRecordException {
        return path(bytes, false);
    }

    /** The path with exactly these bytes: absolute, and without names that lead elsewhere. */
    private static Path path(byte[] bytes, boolean rootToo) throws BadRecordException {
        check(bytes.length > 0 && bytes[0] == SEPARATOR && bytes.length <= MAX_PATH_BYTES, "not an absolute path");
        if (bytes.length > 1 || !rootToo) {
            int from = 1;
            for (int i = 1; i <= bytes.length; i++) {
                if (i == bytes.length || bytes[i] == SEPARATOR) {
                    checkName(bytes, from, i);
                    from = i + 1;
                }
            }
        }
        Path path;
        try {
            path = PathBytes.decode(bytes);
        } catch (IllegalArgumentException notHere) {
            throw new BadRecordException("not a path");
        }
        check(path.isAbsolute() && Arrays.equals(PathBytes.encode(path), bytes), "a path that cannot be told here");
        return path;
    }

    private static void checkName(byte[] bytes, int from, int to) throws BadRecordException {
        int length = to - from;
        boolean dots = length <= 2 && (length < 1 || bytes[from] == '.') && (length < 2 || bytes[from + 1] == '.');
        check(!dots, "a path with a name that is empty or leads elsewhere");
        for (int i = from; i < to; i++) {
            check(bytes[i] != 0, "a zero in a path");
        }
    }

    private static int nameAt(byte[] path) {
        int at = path.length;
        while (at > 0 && path[at - 1] != SEPARATOR) {
            at--;
        }
        return at;
    }

    private static String utf8(byte[] bytes) throws BadRecordException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw new BadRecordException("not UTF-8");
        }
    }

    private byte[] text() throws BadRecordException {
        int length = uint16();
        need(length);
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private long number() throws BadRecordException {
        need(Long.BYTES);
        return in.getLong();
    }

    private int uint16() throws BadRecordException {
        need(Short.BYTES);
        return in.getShort() & 0xffff;
    }

    private byte octet() throws BadRecordException {
        need(1);
        return in.get();
    }

    private void need(int bytes) throws BadRecordException {
        check(in.remaining() >= bytes, "it ends too early");
    }

    private static boolean has(byte flags, byte flag) {
        return (flags & flag) != 0;
    }

    private static void checkFlags(byte flags, int known) throws BadRecordException {
        check((flags & ~known) == 0, "unknown flags");
    }

    private static void check(boolean holds, String otherwise) throws BadRecordException {
        if (!holds) {
            throw new BadRecordException(otherwise);
        }
    }
}
