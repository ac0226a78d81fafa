package dev.atexit.internal.journal;

import java.io.IOException;
import java.util.Arrays;

/** Where records begin, those that belong to one intent beside each other. A dozen bytes for each. */
final class RecordIndex {
    private final int max;
    private long[] intents = new long[16];
    private int[] cells = new int[16];
    private int size;

    /** An index of at most so many records. */
    RecordIndex(int max) {
        this.max = max;
    }

    int size() {
        return size;
    }

    /** The sequence of the intent that this record is, or belongs to. */
    long intent(int i) {
        return intents[i];
    }

    int cell(int i) {
        return cells[i];
    }

    void add(long intent, int cell) throws IOException {
        if (size == max) {
            throw new IOException("has more than " + max + " records, for which this program has no memory");
        }
        if (size == cells.length) {
            int larger = Math.min(max, 2 * size);
            intents = Arrays.copyOf(intents, larger);
            cells = Arrays.copyOf(cells, larger);
        }
        intents[size] = intent;
        cells[size++] = cell;
    }

    /** Puts the newest intents first. In place, and in bounded time whatever the order. */
    void sort() {
        for (int root = size / 2 - 1; root >= 0; root--) {
            sink(root, size);
        }
        for (int end = size - 1; end > 0; end--) {
            swap(0, end);
            sink(0, end);
        }
    }

    /** Makes the part below {@code end} a heap again, with the oldest at the root. */
    private void sink(int from, int end) {
        int root = from;
        for (int child = 2 * root + 1; child < end; child = 2 * root + 1) {
            if (child + 1 < end && isBefore(child, child + 1)) {
                child++;
            }
            if (!isBefore(root, child)) {
                return;
            }
            swap(root, child);
            root = child;
        }
    }

    private boolean isBefore(int a, int b) {
        return intents[a] != intents[b] ? intents[a] > intents[b] : cells[a] < cells[b];
    }

    private void swap(int a, int b) {
        long intent = intents[a];
        intents[a] = intents[b];
        intents[b] = intent;
        int cell = cells[a];
        cells[a] = cells[b];
        cells[b] = cell;
    }
}
