package dev.atexit.internal.journal;

import dev.atexit.internal.process.Host;
import dev.atexit.internal.process.ProcessIdentity;
import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/** A journal made by hand, for tests: that of a process that has ended, unless it says otherwise. */
public final class JournalBytes {
    private static final String DEAD = "0";

    public String machine = Host.machineId();
    public String boot = Host.bootId();
    public String mounts = Host.mountNamespace();
    public long uid = Host.uid();
    public ProcessIdentity process = deadProcess();
    public int tries;

    private byte[] cells = new byte[64 * 1024];
    private int used;
    private long sequence;

    /** A process of this boot and namespace, with our number, that began at another time. */
    public static ProcessIdentity deadProcess() {
        ProcessIdentity own = ProcessIdentity.own();
        String exact = own.exact.isEmpty() ? "" : own.exact.substring(0, own.exact.lastIndexOf('/') + 1) + DEAD;
        return new ProcessIdentity(own.pid, own.host, 1_000_000_000_000L, exact);
    }

    public static RecordedFile recorded(Path path) throws IOException {
        return RecordedFile.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    }

    /** A tree or file as somebody records it that has made it. */
    public static Action.Delete made(Path path) throws IOException {
        return new Action.Delete(Files.isDirectory(path), path, recorded(path.getParent()), recorded(path), 0, 0);
    }

    /** The first cell of the next record. */
    public int nextCell() {
        return used + 1;
    }

    public long intend(Action action) {
        Payload payload = new Payload();
        payload.setIntent(action);
        return record(Layout.INTENT, Arrays.copyOf(payload.bytes(), payload.length()));
    }

    public long made(long intent, RecordedFile file) {
        Payload payload = new Payload();
        payload.setMade(intent, file);
        return record(Layout.MADE, Arrays.copyOf(payload.bytes(), payload.length()));
    }

    public long record(byte type, byte[] payload) {
        int count = Layout.cellsFor(payload.length);
        if ((used + count) * Layout.CELL_BYTES > cells.length) {
            cells = Arrays.copyOf(cells, 2 * cells.length + count * Layout.CELL_BYTES);
        }
        sequence++;
        ByteBuffer out = ByteBuffer.wrap(cells).order(ByteOrder.LITTLE_ENDIAN);
        int at = used * Layout.CELL_BYTES;
        out.putInt(at, Layout.HEAD).putLong(at + 8, sequence).put(at + 16, type);
        out.putShort(at + 18, (short) payload.length).putInt(at + 20, count > 1 ? used + 2 : 0);
        int done = Math.min(40, payload.length);
        System.arraycopy(payload, 0, cells, at + 24, done);
        CRC32 check = new CRC32();
        check.update(cells, at + 8, 12);
        check.update(payload);
        out.putInt(at + 4, (int) check.getValue());
        for (int i = 1; i < count; i++) {
            int cell = at + i * Layout.CELL_BYTES;
            out.putInt(cell, Layout.CONTINUATION).putInt(cell + 4, i + 1 < count ? used + i + 2 : 0);
            out.putLong(cell + 8, sequence);
            int part = Math.min(48, payload.length - done);
            System.arraycopy(payload, done, cells, cell + 16, part);
            done += part;
        }
        used += count;
        return sequence;
    }

    public byte[] bytes() {
        byte[] header = new Header(process, uid, 1_000_000_000_000L, machine, boot, mounts, "Program").encode();
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Layout.TRIES_AT, tries)
                .putInt(Layout.TRIES_AT + 4, ~tries);
        byte[] all = Arrays.copyOf(header, header.length + cells.length);
        System.arraycopy(cells, 0, all, header.length, cells.length);
        return all;
    }

    /** Puts it among the journals, with a lock that nobody holds. */
    public Path write(Path journals, String id) throws IOException {
        create(journals.resolve(id + ".lock"), new byte[0]);
        return create(journals.resolve(id + ".journal"), bytes());
    }

    /** A file of this user's that nobody else may see. */
    public static Path create(Path path, byte[] bytes) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                Files.newByteChannel(path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owner)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
        return path;
    }
}
