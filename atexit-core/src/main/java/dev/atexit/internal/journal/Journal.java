package dev.atexit.internal.journal;

import dev.atexit.internal.exit.SystemThread;
import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes what this process owes into its journal, and strikes it out again.
 *
 * <p>All copies of the library in a JVM write to one journal. So its state is made of types of the JDK and handed from
 * copy to copy; each has an object of this class around it. The state is also the monitor that guards it and the bytes.
 *
 * <p>Cells that are free are chained through the file, from the number {@link #FREE} on; those that were never used follow
 * {@link #USED}. A cell is overwritten only after the mark of the record it was part of, and the mark of a new record comes
 * last: so whatever the instant at which the process is killed, what is marked is whole.
 *
 * <p>Mapping a file for the first time is dear, and most programs owe little. So the first records are written cell by cell
 * to the file and to a copy of it in memory; when there have been some, another thread maps the file, and from then on the
 * map is written to and nothing else.
 */
public final class Journal {
    /** Where the state has the bytes. */
    private static final int MAP = 0;

    /** Where the state has the numbers below. */
    private static final int NUMBERS = 1;

    /** Where the state has the file. */
    private static final int FILE = 2;

    /** Where the state has the file that is written to, as long as it is not mapped. */
    private static final int EARLY = 3;

    private static final int STATE_LENGTH = 4;

    /** Stands where there is no such file. */
    private static final String MAPPED = "";

    private static final int NEXT_SEQUENCE = 0;
    private static final int FREE = 1;
    private static final int USED = 2;
    private static final int LIVE = 3;

    /** One of the four below: whether anything can be written. */
    private static final int STATUS = 4;

    /** How many cells could not be had since the file was found unable to grow. */
    private static final int REFUSED = 5;

    /** How many records were written while the file was not mapped. */
    private static final int EARLY_RECORDS = 6;

    private static final int NUMBERS_LENGTH = 7;

    private static final int OPEN = 0;

    /** Nothing was owed any more. */
    private static final int CLOSED = 1;

    /** Something could not be written, so nothing more is; what stands in the file still counts. */
    private static final int FAILED = 2;

    /** The same, and the file is gone, since something in it could not be struck out. */
    private static final int DROPPED = 3;

    /** Who writes so many will write more. */
    private static final int MOST_EARLY_RECORDS = 100;

    /** Each try to grow on a full disk writes what it must give back. */
    private static final int REFUSED_BETWEEN_TRIES = 1000;

    private static final int HEAD_CHECKED_BYTES = Layout.NEXT_AT - Layout.SEQUENCE_AT;

    private final Object[] state;
    private final long[] numbers;
    private final boolean force;

    // Guarded by the state.
    private final Payload payload = new Payload();
    private final CRC32 crc = new CRC32();
    private final byte[] head = new byte[HEAD_CHECKED_BYTES];
    private int[] cells = new int[4];

    private volatile @Nullable String trouble;

    /** Where a journal is. */
    public static Path file(Path directory, String id) {
        return directory.resolve(id + JournalNames.JOURNAL);
    }

    /** What the owner of a journal has locked as long as it lives. */
    public static Path lockFile(Path directory, String id) {
        return directory.resolve(id + JournalNames.LOCK);
    }

    /** Deletes a journal whose lock is held. */
    public static void delete(Path directory, String id) throws IOException {
        Files.deleteIfExists(file(directory, id));
    }

    /**
     * Writes to a journal whose state this or another copy of the library has made.
     *
     * @param force whether each record is forced to the disk
     */
    public Journal(Object[] state, boolean force) {
        this.state = state;
        this.numbers = (long[]) state[NUMBERS];
        this.force = force;
    }

    /**
     * Makes a journal without records, and its state.
     *
     * @param directory where the journals of this user are
     * @param id whose lock file there is held by this process
     * @param force whether the file is forced to the disk
     */
    public static Object[] create(Path directory, String id, Header header, boolean force) throws IOException {
        ByteBuffer bytes = JournalFile.create(directory, id, header, force);
        long[] numbers = new long[NUMBERS_LENGTH];
        numbers[NEXT_SEQUENCE] = 1;
        Object[] state = new Object[STATE_LENGTH];
        Path file = file(directory, id);
        if (force) {
            state[MAP] = JournalFile.map(file, bytes.capacity()).order(ByteOrder.LITTLE_ENDIAN);
            state[EARLY] = MAPPED;
        } else {
            state[MAP] = bytes.order(ByteOrder.LITTLE_ENDIAN);
            // Not a channel, which an interrupt would close.
            state[EARLY] = new RandomAccessFile(file.toString(), "rw");
        }
        state[NUMBERS] = numbers;
        state[FILE] = file;
        return state;
    }

    /**
     * Writes down what will have to be done.
     *
     * @return a ticket for the other methods, or 0 if it could not be written: then it will not survive a kill
     * @throws IllegalArgumentException if it has more bytes than a record can have
     */
    public long intend(Action action) {
        synchronized (state) {
            try {
                payload.setIntent(action);
                if (payload.length() > Layout.MAX_PAYLOAD_BYTES) {
                    throw new IllegalArgumentException("an action of " + payload.length()
                            + " bytes is too large to be written down; register its parts one by one");
                }
                int cell = write(Layout.INTENT);
                if (cell != 0) {
                    numbers[LIVE]++;
                }
                return cell;
            } catch (InternalError unwritable) {
                return fail(unwritable);
            }
        }
    }

    /**
     * Writes down what was made of an intent.
     *
     * @param ticket as it was returned by {@link #intend}
     * @return the ticket from now on
     */
    public long made(long ticket, RecordedFile file) {
        synchronized (state) {
            if (ticket == 0 || numbers[STATUS] != OPEN) {
                return ticket;
            }
            try {
                payload.setMade(map().getLong(Layout.offset((int) ticket) + Layout.SEQUENCE_AT), file);
                return ticket | ((long) write(Layout.MADE) << Integer.SIZE);
            } catch (InternalError unwritable) {
                return ticket | fail(unwritable);
            }
        }
    }

    /**
     * Writes down that a part of a group is done: those who come after do the others only.
     *
     * @param part counted from 0, in the order in which the parts are done
     * @return a ticket for {@link #strikeOutDone}
     */
    public long done(long ticket, int part) {
        synchronized (state) {
            if (ticket == 0 || numbers[STATUS] != OPEN) {
                return 0;
            }
            try {
                payload.setDone(map().getLong(Layout.offset((int) ticket) + Layout.SEQUENCE_AT), part);
                return write(Layout.DONE);
            } catch (InternalError unwritable) {
                return fail(unwritable);
            }
        }
    }

    /** What that was a part of has been struck out. */
    public void strikeOutDone(long done) {
        synchronized (state) {
            if (done != 0 && numbers[STATUS] == OPEN) {
                try {
                    free((int) done);
                } catch (InternalError unwritable) {
                    fail(unwritable);
                }
            }
        }
    }

    /** It is done, or nobody's business any more. A ticket is struck out once. */
    public void strikeOut(long ticket) {
        synchronized (state) {
            if (ticket == 0 || numbers[STATUS] == CLOSED) {
                return;
            }
            numbers[LIVE]--;
            if (numbers[STATUS] == OPEN) {
                try {
                    // The intent first: what was made means nothing without it.
                    free((int) ticket);
                    int made = (int) (ticket >>> Integer.SIZE);
                    if (made != 0) {
                        free(made);
                    }
                } catch (InternalError unwritable) {
                    fail(unwritable);
                }
            }
            if (numbers[STATUS] == FAILED) {
                drop();
            }
        }
    }

    /**
     * Why something could not be written, for the first time since this was asked; null if everything was. What is written
     * already counts all the same.
     */
    public @Nullable String takeTrouble() {
        String taken = trouble;
        if (taken != null) {
            trouble = null;
        }
        return taken;
    }

    /** The file was cut off, or its disk has failed: nothing more can be written. */
    private int fail(InternalError unwritable) {
        Throwable cause = unwritable.getCause();
        trouble = String.valueOf(cause == null ? unwritable : cause);
        numbers[STATUS] = FAILED;
        closeEarly();
        return 0;
    }

    /** What stands in the file would have somebody delete what is to be kept by now: rather nothing is deleted. */
    private void drop() {
        numbers[STATUS] = DROPPED;
        try {
            Files.deleteIfExists((Path) state[FILE]);
        } catch (IOException alsoFailed) {
            // Nothing more can be done on such a disk.
            return;
        }
    }

    /** How much is owed. */
    public long live() {
        synchronized (state) {
            return numbers[LIVE];
        }
    }

    /** Whether it writes to what has this state. */
    public boolean isOf(Object[] other) {
        return state == other;
    }

    /** Whether both write to the same. */
    public boolean isSameAs(Journal other) {
        return state == other.state;
    }

    /** Whether it was closed, with nothing owed. */
    public boolean isClosed() {
        synchronized (state) {
            return numbers[STATUS] == CLOSED;
        }
    }

    /** Whether something could not be written, and so nothing more is. */
    public boolean hasFailed() {
        synchronized (state) {
            return numbers[STATUS] >= FAILED;
        }
    }

    /** Writes nothing more, from whatever copy of the library, if nothing is owed; false if something is. */
    public boolean closeIfEmpty() {
        synchronized (state) {
            boolean empty = numbers[LIVE] == 0;
            if (empty) {
                numbers[STATUS] = CLOSED;
                closeEarly();
            }
            return empty;
        }
    }

    private ByteBuffer map() {
        return (ByteBuffer) state[MAP];
    }

    private void force() {
        if (force && map() instanceof MappedByteBuffer map) {
            map.force();
        }
    }

    /** Writes a cell to the file, as one piece, if that is not mapped. */
    private void writeEarly(int cell) {
        if (state[EARLY] instanceof RandomAccessFile file) {
            int at = Layout.offset(cell);
            try {
                file.seek(at);
                file.write(map().array(), at, Layout.CELL_BYTES);
            } catch (IOException failed) {
                throw new InternalError(failed);
            }
        }
    }

    /** Goes on with the map; what was written early stands there already, but for what is of use to the writer alone. */
    private void goOnWith(MappedByteBuffer map) {
        map.order(ByteOrder.LITTLE_ENDIAN);
        if (state[EARLY] instanceof RandomAccessFile) {
            int from = Layout.HEADER_BYTES;
            map.put(from, map().array(), from, Layout.offset((int) numbers[USED] + 1) - from);
            closeEarly();
        }
        state[MAP] = map;
    }

    private void closeEarly() {
        if (state[EARLY] instanceof RandomAccessFile file) {
            state[EARLY] = MAPPED;
            try {
                file.close();
            } catch (IOException unheard) {
                // All that was written to it has been.
                return;
            }
        }
    }

    /** On another thread than the one that writes, which does not wait for it. */
    private void mapLater() {
        SystemThread.startIfPossible("atexit-journal", new Mapping(this));
    }

    private void mapNow() {
        Path file;
        int bytes;
        synchronized (state) {
            file = (Path) state[FILE];
            bytes = map().capacity();
        }
        try {
            MappedByteBuffer map = JournalFile.map(file, bytes);
            synchronized (state) {
                if (numbers[STATUS] == OPEN && state[EARLY] instanceof RandomAccessFile && map().capacity() == bytes) {
                    goOnWith(map);
                }
            }
        } catch (IOException | InternalError unmapped) {
            // Then it stays as it is: each record costs a few system calls.
            return;
        }
    }

    private static final class Mapping implements Runnable {
        private final Journal journal;

        Mapping(Journal journal) {
            this.journal = journal;
        }

        @Override
        public void run() {
            journal.mapNow();
        }
    }

    /** Writes the payload as a record; returns its first cell, 0 if that was not possible. */
    private int write(byte type) {
        int length = payload.length();
        int count = Layout.cellsFor(length);
        if (numbers[STATUS] != OPEN || !take(count)) {
            return 0;
        }
        ByteBuffer map = map();
        byte[] bytes = payload.bytes();
        long sequence = numbers[NEXT_SEQUENCE]++;
        int from = Layout.HEAD_PAYLOAD_BYTES;
        for (int i = 1; i < count; i++) {
            int at = Layout.offset(cells[i]);
            int part = Math.min(Layout.CONTINUATION_PAYLOAD_BYTES, length - from);
            map.putInt(at, Layout.CONTINUATION);
            map.putInt(at + Layout.CONTINUATION_NEXT_AT, i + 1 < count ? cells[i + 1] : 0);
            map.putLong(at + Layout.SEQUENCE_AT, sequence);
            map.put(at + Layout.CONTINUATION_PAYLOAD_AT, bytes, from, part);
            writeEarly(cells[i]);
            from += part;
        }
        int at = Layout.offset(cells[0]);
        map.putLong(at + Layout.SEQUENCE_AT, sequence);
        map.put(at + Layout.TYPE_AT, type);
        map.put(at + Layout.TYPE_AT + 1, (byte) 0);
        map.putShort(at + Layout.LENGTH_AT, (short) length);
        map.putInt(at + Layout.NEXT_AT, count > 1 ? cells[1] : 0);
        map.put(at + Layout.HEAD_PAYLOAD_AT, bytes, 0, Math.min(Layout.HEAD_PAYLOAD_BYTES, length));
        map.putInt(at + Layout.CHECK_AT, check(map, at, bytes, length));
        VarHandle.releaseFence();
        map.putInt(at, Layout.HEAD);
        writeEarly(cells[0]);
        force();
        if (state[EARLY] instanceof RandomAccessFile && ++numbers[EARLY_RECORDS] == MOST_EARLY_RECORDS) {
            mapLater();
        }
        return cells[0];
    }

    private int check(ByteBuffer map, int at, byte[] bytes, int length) {
        map.get(at + Layout.SEQUENCE_AT, head);
        crc.reset();
        crc.update(head, 0, head.length);
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Takes so many free cells; false if there are not enough and the file cannot grow. */
    private boolean take(int count) {
        if (count > cells.length) {
            cells = Arrays.copyOf(cells, count);
        }
        for (int i = 0; i < count; i++) {
            int cell = takeOne();
            if (cell == 0) {
                for (int back = i - 1; back >= 0; back--) {
                    giveBack(cells[back]);
                }
                return false;
            }
            cells[i] = cell;
        }
        return true;
    }

    private int takeOne() {
        int cell = (int) numbers[FREE];
        if (cell != 0) {
            numbers[FREE] = map().getInt(Layout.offset(cell) + Layout.CHECK_AT);
            return cell;
        }
        if (numbers[USED] == Layout.cells(map().capacity())) {
            if (numbers[REFUSED]++ % REFUSED_BETWEEN_TRIES != 0) {
                return 0;
            }
            try {
                goOnWith(JournalFile.grow((Path) state[FILE], map().capacity(), force));
                numbers[REFUSED] = 0;
            } catch (IOException full) {
                trouble = full.toString();
                return 0;
            }
        }
        return (int) ++numbers[USED];
    }

    /** Takes the mark off a record, then gives back its cells. */
    private void free(int first) {
        ByteBuffer map = map();
        int at = Layout.offset(first);
        map.putInt(at, 0);
        writeEarly(first);
        VarHandle.releaseFence();
        int left = Layout.cellsFor(map.getShort(at + Layout.LENGTH_AT) & 0xffff);
        int next = map.getInt(at + Layout.NEXT_AT);
        giveBack(first);
        while (--left > 0) {
            int cell = next;
            next = map.getInt(Layout.offset(cell) + Layout.CONTINUATION_NEXT_AT);
            giveBack(cell);
        }
        force();
    }

    private void giveBack(int cell) {
        map().putInt(Layout.offset(cell) + Layout.CHECK_AT, (int) numbers[FREE]);
        numbers[FREE] = cell;
    }

    /** How many bytes the file has, for tests. */
    long size() {
        synchronized (state) {
            return map().capacity();
        }
    }
}
