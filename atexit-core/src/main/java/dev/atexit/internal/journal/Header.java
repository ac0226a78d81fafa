package dev.atexit.internal.journal;

import dev.atexit.internal.process.Host;
import dev.atexit.internal.process.ProcessIdentity;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Whose journal it is. Immutable. */
public final class Header {
    private static final int MAX_TEXT_BYTES = 60;

    /** The process, whose {@code exact} is empty where boot, namespace or start are not known. */
    public final ProcessIdentity process;

    /** The user it acts as, -1 if not known. */
    public final long uid;

    /** When the journal was made, in milliseconds since 1970. */
    public final long createdMillis;

    /** The installation of the operating system; empty if not known. */
    public final String machine;

    /** The boot in which it ran; empty if not known. */
    public final String boot;

    /** Where its mount points counted; empty if not known. */
    public final String mounts;

    /** What it ran, for people. */
    public final String program;

    Header(
            ProcessIdentity process,
            long uid,
            long createdMillis,
            String machine,
            String boot,
            String mounts,
            String program) {
        this.process = process;
        this.uid = uid;
        this.createdMillis = createdMillis;
        this.machine = machine;
        this.boot = boot;
        this.mounts = mounts;
        this.program = program;
    }

    /** That of this process. */
    public static Header own() {
        String command = System.getProperty("sun.java.command", "");
        int end = command.indexOf(' ');
        return new Header(
                ProcessIdentity.own(),
                Host.uid(),
                System.currentTimeMillis(),
                Host.machineId(),
                Host.bootId(),
                Host.mountNamespace(),
                end < 0 ? command : command.substring(0, end));
    }

    /** The bytes that a journal begins with. */
    byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(Layout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(Layout.MAGIC).putInt(Layout.VERSION).putInt(0);
        out.putInt(Layout.HEADER_BYTES).putInt(Layout.CELL_BYTES);
        out.putLong(process.pid).putLong(process.startedMillis).putLong(uid).putLong(createdMillis);
        String[] parts = process.exact.split("/", -1);
        boolean exact = parts.length == 3;
        put(out, machine);
        put(out, boot);
        put(out, exact ? parts[1] : "");
        put(out, mounts);
        put(out, exact ? parts[2] : "");
        put(out, process.host);
        put(out, program);
        out.putInt(Layout.HEADER_CHECK_AT, check(out.array()));
        out.putInt(Layout.TRIES_AT, 0).putInt(Layout.TRIES_AT + Integer.BYTES, ~0);
        return out.array();
    }

    /**
     * The header that a journal begins with; null if it is not whole.
     *
     * @param bytes the first of the journal, at least {@link Layout#HEADER_BYTES}
     */
    static @Nullable Header decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getInt(Layout.HEADER_CHECK_AT) != check(bytes)
                || in.getInt(Layout.HEADER_CHECKED_FROM) != Layout.HEADER_BYTES
                || in.getInt(Layout.HEADER_CHECKED_FROM + Integer.BYTES) != Layout.CELL_BYTES) {
            return null;
        }
        in.position(Layout.HEADER_CHECKED_FROM + 2 * Integer.BYTES);
        long pid = in.getLong();
        long startedMillis = in.getLong();
        long uid = in.getLong();
        long createdMillis = in.getLong();
        String[] texts = new String[7];
        for (int i = 0; i < texts.length; i++) {
            int length = in.getShort() & 0xffff;
            if (in.position() + length > Layout.HEADER_CHECKED_TO - (texts.length - i - 1) * Short.BYTES) {
                return null;
            }
            texts[i] = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
            in.position(in.position() + length);
        }
        String exact = texts[1].isEmpty() || texts[2].isEmpty() || texts[4].isEmpty()
                ? ""
                : texts[1] + '/' + texts[2] + '/' + texts[4];
        ProcessIdentity process = new ProcessIdentity(pid, texts[5], startedMillis, exact);
        return new Header(process, uid, createdMillis, texts[0], texts[1], texts[3], texts[6]);
    }

    private static void put(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(MAX_TEXT_BYTES, bytes.length);
        while (length < bytes.length && length > 0 && (bytes[length] & 0xc0) == 0x80) {
            // Not in the middle of a character.
            length--;
        }
        out.putShort((short) length).put(Arrays.copyOf(bytes, length));
    }

    private static int check(byte[] bytes) {
        CRC32 check = new CRC32();
        check.update(bytes, Layout.HEADER_CHECKED_FROM, Layout.HEADER_CHECKED_TO - Layout.HEADER_CHECKED_FROM);
        return (int) check.getValue();
    }
}
