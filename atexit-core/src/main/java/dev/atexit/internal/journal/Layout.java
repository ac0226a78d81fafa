package dev.atexit.internal.journal;

/** Where the bytes of a journal stand; all numbers are little-endian. {@code docs/journal-format.md} says what they mean. */
final class Layout {
    static final long MAGIC = 0x0a4c_4e52_4a58_5441L;
    static final int VERSION = 1;

    static final int HEADER_BYTES = 1024;
    static final int VERSION_AT = 8;
    static final int HEADER_CHECK_AT = 12;
    static final int HEADER_CHECKED_FROM = 16;
    static final int HEADER_CHECKED_TO = 512;
    static final int TEXTS_AT = 56;
    static final int TRIES_AT = 512;

    static final int CELL_BYTES = 64;
    static final int HEAD = 0x4441_4548;
    static final int CONTINUATION = 0x544e_4f43;

    static final int CHECK_AT = 4;
    static final int SEQUENCE_AT = 8;
    static final int TYPE_AT = 16;
    static final int LENGTH_AT = 18;
    static final int NEXT_AT = 20;
    static final int HEAD_PAYLOAD_AT = 24;

    static final int CONTINUATION_NEXT_AT = 4;
    static final int CONTINUATION_PAYLOAD_AT = 16;

    static final int HEAD_PAYLOAD_BYTES = CELL_BYTES - HEAD_PAYLOAD_AT;
    static final int CONTINUATION_PAYLOAD_BYTES = CELL_BYTES - CONTINUATION_PAYLOAD_AT;
    static final int MAX_PAYLOAD_BYTES = 0xffff;

    static final byte INTENT = 1;
    static final byte MADE = 2;
    static final byte DONE = 3;

    /** So many groups may be in each other; who writes and who reads must not differ in that. */
    static final int MAX_DEPTH = 16;

    private Layout() {}

    /** Where a cell begins, counted from 1. */
    static int offset(int cell) {
        return HEADER_BYTES + (cell - 1) * CELL_BYTES;
    }

    /** How many whole cells a file of this length has. */
    static int cells(long bytes) {
        return bytes <= HEADER_BYTES ? 0 : (int) ((bytes - HEADER_BYTES) / CELL_BYTES);
    }

    /** How many cells a record with such a payload takes. */
    static int cellsFor(int payloadBytes) {
        int rest = Math.max(0, payloadBytes - HEAD_PAYLOAD_BYTES);
        return 1 + (rest + CONTINUATION_PAYLOAD_BYTES - 1) / CONTINUATION_PAYLOAD_BYTES;
    }
}
