package dev.atexit.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/** The journal of a program that has ended, written by nothing but what {@code docs/journal-format.md} says. */
final class WrittenJournal {
    /** No kernel gives such a number. */
    static final long PID = 1_999_999_999L;

    private static final int HEADER = 1024;
    private static final int CELL = 64;
    private static final int HEAD_PAYLOAD = 40;
    private static final int CONTINUATION_PAYLOAD = 48;
    private static final byte[] ZEROS = new byte[25];

    private final ByteBuffer header = ByteBuffer.allocate(HEADER)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("ATXJRNL\n".getBytes(StandardCharsets.UTF_8));
    private final ByteArrayOutputStream cells = new ByteArrayOutputStream();
    private long sequence;
    private int cellCount;

    private WrittenJournal(String program, String host, String machine, String boot, long started) throws IOException {
        header.putInt(1).putInt(0).putInt(HEADER).putInt(CELL);
        header.putLong(PID).putLong(started).putLong(-1).putLong(1_700_000_000_000L);
        for (String text : new String[] {machine, boot, "pid:[1]", "mnt:[1]", "12345", host, program}) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            header.putShort((short) bytes.length).put(bytes);
        }
        CRC32 check = new CRC32();
        check.update(header.array(), 16, 512 - 16);
        header.putInt(12, (int) check.getValue()).putInt(512, 0).putInt(516, ~0);
    }

    /** Of a program that ran here, in this boot, from 2023-11-14 22:13 on. */
    static WrittenJournal here(String program) throws IOException {
        Path machine = Path.of("/etc/machine-id");
        return new WrittenJournal(
                program,
                "here",
                Files.exists(machine) ? Files.readString(machine).strip() : "",
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
                1_700_000_000_000L);
    }

    /** Of a program that ran elsewhere. */
    static WrittenJournal elsewhere(String program, String host) throws IOException {
        return new WrittenJournal(program, host, "another machine", "another boot", 1_700_000_000_000L);
    }

    WrittenJournal tries(int count) {
        header.putInt(512, count).putInt(516, ~count);
        return this;
    }

    /** Owes a tree of which nothing is known but where it was meant to be. */
    WrittenJournal tree(byte[] path) {
        return intent(payload(path.length + 4)
                .put(new byte[] {1, 0})
                .putShort((short) path.length)
                .put(path));
    }

    WrittenJournal tree(String path) {
        return tree(path.getBytes(StandardCharsets.UTF_8));
    }

    /** Owes a pid file that was made, but is nothing that can be there now. */
    WrittenJournal pidFile(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        return intent(payload(bytes.length + 64)
                .put(new byte[] {3, 2})
                .put(ZEROS)
                .putShort((short) bytes.length)
                .put(bytes)
                .putLong(PID)
                .putShort((short) 0));
    }

    WrittenJournal command(String... words) {
        ByteBuffer payload = payload(4096).put(new byte[] {4, 0}).putLong(60_000_000_000L);
        payload.putShort((short) 1).put((byte) '/').putShort((short) words.length);
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            payload.putShort((short) bytes.length).put(bytes);
        }
        return intent(payload);
    }

    private static ByteBuffer payload(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private WrittenJournal intent(ByteBuffer payload) {
        sequence++;
        byte[] bytes = Arrays.copyOf(payload.array(), payload.position());
        int more = (Math.max(0, bytes.length - HEAD_PAYLOAD) + CONTINUATION_PAYLOAD - 1) / CONTINUATION_PAYLOAD;
        int cell = cellCount + 1;
        ByteBuffer head = payload(CELL).putInt(0x44414548).putInt(0).putLong(sequence);
        head.put(new byte[] {1, 0}).putShort((short) bytes.length).putInt(more == 0 ? 0 : cell + 1);
        head.put(bytes, 0, Math.min(HEAD_PAYLOAD, bytes.length));
        CRC32 check = new CRC32();
        check.update(head.array(), 8, 12);
        check.update(bytes);
        cells.writeBytes(head.putInt(4, (int) check.getValue()).array());
        for (int i = 0; i < more; i++) {
            int from = HEAD_PAYLOAD + i * CONTINUATION_PAYLOAD;
            ByteBuffer next = payload(CELL).putInt(0x544e4f43).putInt(i == more - 1 ? 0 : cell + i + 2);
            next.putLong(sequence).put(bytes, from, Math.min(CONTINUATION_PAYLOAD, bytes.length - from));
            cells.writeBytes(next.array());
        }
        cellCount += 1 + more;
        return this;
    }

    /** Puts it into a state directory, with a lock that nobody holds. */
    Path in(Path state, String id) throws IOException {
        return in(state, id, ".journal");
    }

    Path in(Path state, String id, String suffix) throws IOException {
        Path journals = Files.createDirectories(state.resolve("journals"), permissions("rwx------"));
        if (suffix.equals(".journal")) {
            Files.createFile(journals.resolve(id + ".lock"), permissions("rw-------"));
        }
        Path file = Files.createFile(journals.resolve(id + suffix), permissions("rw-------"));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header.array());
        cells.writeTo(all);
        all.writeBytes(new byte[4 * CELL]);
        return Files.write(file, all.toByteArray());
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }
}
