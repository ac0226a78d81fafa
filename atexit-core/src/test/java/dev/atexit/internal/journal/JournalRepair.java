package dev.atexit.internal.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Makes any bytes a journal whose checksums are right, so that chance gets past them to what they guard. Where the marks,
 * links and lengths lead stays as it is.
 */
final class JournalRepair {
    private final byte[] bytes;
    private final ByteBuffer numbers;
    private final int cells;

    private JournalRepair(byte[] bytes) {
        this.bytes = bytes;
        this.numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        this.cells = Layout.cells(bytes.length);
    }

    /** The bytes with a header that is whole, and right checksums; what was given is not changed. */
    static byte[] repaired(byte[] given) {
        JournalRepair repair = new JournalRepair(Arrays.copyOf(given, Math.max(given.length, Layout.HEADER_BYTES)));
        repair.header();
        for (int cell = 1; cell <= repair.cells; cell++) {
            if (repair.mark(cell) == Layout.HEAD) {
                repair.record(Layout.offset(cell));
            }
        }
        return repair.bytes;
    }

    private void header() {
        numbers.putLong(0, Layout.MAGIC).putInt(Layout.VERSION_AT, Layout.VERSION);
        numbers.putInt(Layout.HEADER_CHECKED_FROM, Layout.HEADER_BYTES);
        numbers.putInt(Layout.HEADER_CHECKED_FROM + Integer.BYTES, Layout.CELL_BYTES);
        CRC32 check = new CRC32();
        check.update(bytes, Layout.HEADER_CHECKED_FROM, Layout.HEADER_CHECKED_TO - Layout.HEADER_CHECKED_FROM);
        numbers.putInt(Layout.HEADER_CHECK_AT, (int) check.getValue());
    }

    private void record(int head) {
        int left = numbers.getShort(head + Layout.LENGTH_AT) & 0xffff;
        CRC32 check = new CRC32();
        check.update(bytes, head + Layout.SEQUENCE_AT, Layout.NEXT_AT - Layout.SEQUENCE_AT);
        int part = Math.min(left, Layout.HEAD_PAYLOAD_BYTES);
        check.update(bytes, head + Layout.HEAD_PAYLOAD_AT, part);
        left -= part;
        int link = numbers.getInt(head + Layout.NEXT_AT);
        for (; left > 0; left -= part) {
            if (link < 1 || link > cells || mark(link) != Layout.CONTINUATION) {
                return;
            }
            int at = Layout.offset(link);
            numbers.putLong(at + Layout.SEQUENCE_AT, numbers.getLong(head + Layout.SEQUENCE_AT));
            part = Math.min(left, Layout.CONTINUATION_PAYLOAD_BYTES);
            check.update(bytes, at + Layout.CONTINUATION_PAYLOAD_AT, part);
            link = numbers.getInt(at + Layout.CONTINUATION_NEXT_AT);
        }
        numbers.putInt(head + Layout.CHECK_AT, (int) check.getValue());
    }

    private int mark(int cell) {
        return numbers.getInt(Layout.offset(cell));
    }
}
