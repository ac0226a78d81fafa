package dev.atexit.internal.journal;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Something that is owed, or is there but cannot be understood. Immutable. */
public final class JournalEntry {
    /** Its place in the order of the journal. */
    public final long sequence;

    /** What is to be done; null if that cannot be told. */
    public final @Nullable Action action;

    /** Why it cannot be told; empty if it can. */
    public final String problem;

    /** Where its records begin: the intent first, since without it the others mean nothing. */
    private final int[] heads;

    private final BitSet done;

    JournalEntry(long sequence, @Nullable Action action, String problem, int[] heads, BitSet done) {
        this.sequence = sequence;
        this.action = action;
        this.problem = problem;
        this.heads = heads;
        this.done = done;
    }

    /** Whether a part of a group has been done before; they are counted from 0 in the order in which they are done. */
    public boolean isDone(int part) {
        return done.get(part);
    }

    int[] heads() {
        return heads;
    }
}
