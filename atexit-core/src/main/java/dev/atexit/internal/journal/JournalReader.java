package dev.atexit.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Reads what others have written, trusting nothing in it. Whatever the bytes, there is an image, or a refusal in it. */
public final class JournalReader {
    static final int CHUNK_CELLS = 1024;

    /** Cells are counted, and found, by int. */
    private static final long MAX_BYTES = Integer.MAX_VALUE;

    private static final int BYTES_PER_RECORD = 128;

    private JournalReader() {}

    /** The journal that these bytes are. */
    public static JournalImage read(byte[] bytes) throws IOException {
        return read(new Source.OfBytes(bytes), true);
    }

    /**
     * The journal in a file, which must stay open as long as the image is used.
     *
     * @param entries whether it is about more than the header
     * @throws IOException also if there are more records than this program has memory for
     */
    public static JournalImage read(FileChannel channel, boolean entries) throws IOException {
        return read(new Source.OfFile(channel), entries);
    }

    private static JournalImage read(Source source, boolean entries) throws IOException {
        byte[] begin = new byte[Layout.HEADER_BYTES];
        source.read(0, begin);
        ByteBuffer in = ByteBuffer.wrap(begin).order(ByteOrder.LITTLE_ENDIAN);
        if (in.getLong(0) != Layout.MAGIC) {
            return refused("is no journal");
        }
        int version = in.getInt(Layout.VERSION_AT);
        if (version != Layout.VERSION) {
            return refused("has format version " + version + ", not " + Layout.VERSION);
        }
        Header header = Header.decode(begin);
        if (header == null) {
            return refused("has a damaged header");
        }
        if (source.size() > MAX_BYTES) {
            return refused("is larger than any journal");
        }
        int max = (int) Math.min(Integer.MAX_VALUE / 4, Runtime.getRuntime().maxMemory() / BYTES_PER_RECORD);
        JournalImage image = new JournalImage(header, "", tries(in), source, new RecordIndex(max));
        if (entries) {
            image.scan();
        }
        return image;
    }

    private static JournalImage refused(String reason) {
        return new JournalImage(null, reason, 0, new Source.OfBytes(new byte[0]), new RecordIndex(0));
    }

    private static int tries(ByteBuffer in) {
        int tries = in.getInt(Layout.TRIES_AT);
        return tries > 0 && in.getInt(Layout.TRIES_AT + Integer.BYTES) == ~tries ? tries : 0;
    }
}
