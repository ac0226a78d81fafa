package dev.atexit.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;

/** The bytes of a journal, read where they are asked for. What is not there reads as zeros. */
interface Source {
    long size() throws IOException;

    void read(long at, byte[] into) throws IOException;

    /** Bytes in memory. */
    final class OfBytes implements Source {
        private final byte[] bytes;

        OfBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void read(long at, byte[] into) {
            int there = (int) Math.max(0, Math.min(into.length, bytes.length - at));
            if (there > 0) {
                System.arraycopy(bytes, (int) at, into, 0, there);
            }
            Arrays.fill(into, there, into.length, (byte) 0);
        }
    }

    /** A file. */
    final class OfFile implements Source {
        private final FileChannel channel;

        OfFile(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void read(long at, byte[] into) throws IOException {
            ByteBuffer buffer = ByteBuffer.wrap(into);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, at + buffer.position()) < 0) {
                    Arrays.fill(into, buffer.position(), into.length, (byte) 0);
                    return;
                }
            }
        }
    }
}
