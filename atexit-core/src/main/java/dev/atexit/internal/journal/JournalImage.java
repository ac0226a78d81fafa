package dev.atexit.internal.journal;

import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * A journal as somebody else left it. It remembers where records begin and decodes them one after another, so it needs
 * little memory however many there are. Not thread-safe.
 */
public final class JournalImage {
    private static final int MAX_NOTES = 20;
    private static final byte[] NONE = {};

    /** Whose it is; null if it is {@linkplain #refusal refused}. */
    public final @Nullable Header header;

    /** Why it is not read; empty if it is. */
    public final String refusal;

    /** How many sweeps have left something. */
    public final int tries;

    private final Source source;
    private final RecordIndex index;
    private final List<String> notes = new ArrayList<>(0);
    private final byte[] cell = new byte[Layout.CELL_BYTES];
    private final ByteBuffer numbers = ByteBuffer.wrap(cell).order(ByteOrder.LITTLE_ENDIAN);
    private int cells;
    private int next;
    private int free;
    private long lastSequence;
    private int damaged;

    JournalImage(@Nullable Header header, String refusal, int tries, Source source, RecordIndex index) {
        this.header = header;
        this.refusal = refusal;
        this.tries = tries;
        this.source = source;
        this.index = index;
    }

    /** How many records have been found to be damaged so far: they are as if they were not there. */
    public int damaged() {
        return damaged;
    }

    /** What was wrong with the first of them. */
    public List<String> notes() {
        return notes;
    }

    /** The next of what is owed, the newest first; null when there is nothing more. */
    public @Nullable JournalEntry next() throws IOException {
        while (next < index.size()) {
            int from = next;
            long intent = index.intent(from);
            while (next < index.size() && index.intent(next) == intent) {
                next++;
            }
            JournalEntry entry = entry(intent, from, next);
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** What the records of one intent say together; null if there is no intent among them. */
    private @Nullable JournalEntry entry(long sequence, int from, int to) throws IOException {
        int[] heads = new int[1 + to - from];
        int n = 1;
        byte[] intent = NONE;
        RecordedFile made = null;
        long madeLast = 0;
        String problem = "";
        BitSet done = new BitSet();
        for (int i = from; i < to; i++) {
            int head = index.cell(i);
            try {
                byte[] payload = payload(head);
                long own = numbers.getLong(Layout.SEQUENCE_AT);
                byte type = numbers.get(Layout.TYPE_AT);
                if (type == Layout.INTENT) {
                    problem = intent == NONE ? "" : "two records have its number";
                    intent = payload;
                    heads[0] = head;
                } else {
                    Unpacker unpacker = new Unpacker(payload);
                    if (own <= sequence || unpacker.intentOf() != sequence) {
                        throw new BadRecordException("made or done before it was intended");
                    }
                    if (type == Layout.DONE) {
                        done.set(unpacker.done());
                    } else {
                        RecordedFile file = unpacker.made();
                        made = own > madeLast ? file : made;
                        madeLast = Math.max(own, madeLast);
                    }
                    heads[n++] = head;
                }
            } catch (BadRecordException bad) {
                note(head, bad.reason());
            }
        }
        if (intent == NONE) {
            return null;
        }
        Action action = null;
        if (problem.isEmpty()) {
            try {
                action = withMade(new Unpacker(intent).intent(), made);
            } catch (BadRecordException notUnderstood) {
                problem = notUnderstood.reason();
            }
        }
        return new JournalEntry(sequence, action, problem, Arrays.copyOf(heads, n), done);
    }

    private static Action withMade(Action action, @Nullable RecordedFile made) {
        if (made != null && action instanceof Action.Delete delete) {
            return new Action.Delete(
                    delete.tree, delete.path, delete.parent, made, delete.randomFrom, delete.randomLength);
        }
        if (made != null && action instanceof Action.RemovePidFile removal) {
            return new Action.RemovePidFile(removal.path, removal.parent, made, removal.pid, removal.temporary);
        }
        return action;
    }

    /** The payload of a record, whose head is then in {@link #numbers}. */
    private byte[] payload(int head) throws IOException, BadRecordException {
        source.read(Layout.offset(head), cell);
        if (numbers.getInt(0) != Layout.HEAD) {
            throw new BadRecordException("struck out meanwhile");
        }
        long sequence = numbers.getLong(Layout.SEQUENCE_AT);
        byte[] first = cell.clone();
        byte[] payload = new byte[numbers.getShort(Layout.LENGTH_AT) & 0xffff];
        int filled = Math.min(payload.length, Layout.HEAD_PAYLOAD_BYTES);
        System.arraycopy(cell, Layout.HEAD_PAYLOAD_AT, payload, 0, filled);
        int link = numbers.getInt(Layout.NEXT_AT);
        while (filled < payload.length) {
            if (link < 1 || link > cells) {
                throw new BadRecordException("a link that leads nowhere");
            }
            source.read(Layout.offset(link), cell);
            if (numbers.getInt(0) != Layout.CONTINUATION || numbers.getLong(Layout.SEQUENCE_AT) != sequence) {
                throw new BadRecordException("a link to what does not belong to it");
            }
            int part = Math.min(payload.length - filled, Layout.CONTINUATION_PAYLOAD_BYTES);
            System.arraycopy(cell, Layout.CONTINUATION_PAYLOAD_AT, payload, filled, part);
            filled += part;
            link = numbers.getInt(Layout.CONTINUATION_NEXT_AT);
        }
        System.arraycopy(first, 0, cell, 0, cell.length);
        CRC32 check = new CRC32();
        check.update(cell, Layout.SEQUENCE_AT, Layout.NEXT_AT - Layout.SEQUENCE_AT);
        check.update(payload, 0, payload.length);
        if ((int) check.getValue() != numbers.getInt(Layout.CHECK_AT)) {
            throw new BadRecordException("a wrong checksum");
        }
        return payload;
    }

    /** Finds the records. */
    void scan() throws IOException {
        cells = Layout.cells(source.size());
        byte[] chunk = new byte[Math.min(Math.max(cells, 1), JournalReader.CHUNK_CELLS) * Layout.CELL_BYTES];
        ByteBuffer at = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        for (int done = 0; done < cells; done += JournalReader.CHUNK_CELLS) {
            source.read(Layout.offset(done + 1), chunk);
            int there = Math.min(cells - done, JournalReader.CHUNK_CELLS);
            for (int i = 0; i < there; i++) {
                int base = i * Layout.CELL_BYTES;
                if (at.getInt(base) == Layout.HEAD) {
                    found(done + 1 + i, at, base);
                }
            }
        }
        index.sort();
    }

    private void found(int head, ByteBuffer at, int base) throws IOException {
        long sequence = at.getLong(base + Layout.SEQUENCE_AT);
        byte type = at.get(base + Layout.TYPE_AT);
        boolean known = type >= Layout.INTENT && type <= Layout.DONE && at.get(base + Layout.TYPE_AT + 1) == 0;
        if (sequence < 1 || !known) {
            note(head, "no known type, or no number");
            return;
        }
        lastSequence = Math.max(lastSequence, sequence);
        index.add(type == Layout.INTENT ? sequence : at.getLong(base + Layout.HEAD_PAYLOAD_AT), head);
    }

    /** A number that no record has. */
    long nextSequence() {
        return ++lastSequence;
    }

    /** A cell that belongs to nothing, in the file or at its end; each time another one. */
    int nextFreeCell() throws IOException {
        while (++free <= cells) {
            source.read(Layout.offset(free), cell);
            int mark = numbers.getInt(0);
            if (mark != Layout.HEAD && mark != Layout.CONTINUATION) {
                return free;
            }
        }
        return free;
    }

    private void note(int head, String what) {
        damaged++;
        if (notes.size() < MAX_NOTES) {
            notes.add("cell " + head + ": " + what);
        }
    }
}
