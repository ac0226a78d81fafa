package dev.atexit.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32;

/** What a sweep changes in a journal of somebody who has ended. Each change is one write. */
public final class JournalEdit {
    private JournalEdit() {}

    /** Strikes out what has been done. */
    public static void strikeOut(FileChannel channel, JournalEntry entry) throws IOException {
        for (int head : entry.heads()) {
            write(channel, Layout.offset(head), ByteBuffer.allocate(Integer.BYTES));
        }
    }

    /** Says that a part of a group has been done, so that it is not done again if another part has to be. */
    public static void markDone(FileChannel channel, JournalImage image, JournalEntry entry, int part)
            throws IOException {
        Payload payload = new Payload();
        payload.setDone(entry.sequence, part);
        ByteBuffer cell = ByteBuffer.allocate(Layout.CELL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        cell.putInt(0, Layout.HEAD).putLong(Layout.SEQUENCE_AT, image.nextSequence());
        cell.put(Layout.TYPE_AT, Layout.DONE).putShort(Layout.LENGTH_AT, (short) payload.length());
        cell.put(Layout.HEAD_PAYLOAD_AT, payload.bytes(), 0, payload.length());
        CRC32 check = new CRC32();
        check.update(cell.array(), Layout.SEQUENCE_AT, Layout.NEXT_AT - Layout.SEQUENCE_AT);
        check.update(payload.bytes(), 0, payload.length());
        cell.putInt(Layout.CHECK_AT, (int) check.getValue());
        write(channel, Layout.offset(image.nextFreeCell()), cell);
    }

    /** Says how many sweeps have left something. */
    public static void setTries(FileChannel channel, int tries) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        write(channel, Layout.TRIES_AT, buffer.putInt(tries).putInt(~tries).flip());
    }

    private static void write(FileChannel channel, long at, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer, at + buffer.position());
        }
    }
}
