package dev.atexit.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** What a sweep changes in a journal of somebody who has ended. Each change is one write. */
public final class JournalEdit {
    private JournalEdit() {}

    /** Strikes out what has been done. */
    public static void strikeOut(FileChannel channel, JournalEntry entry) throws IOException {
        for (int head : entry.heads()) {
            write(channel, Layout.offset(head), ByteBuffer.allocate(Integer.BYTES));
        }
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
