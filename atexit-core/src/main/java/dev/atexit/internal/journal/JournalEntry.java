package dev.atexit.internal.journal;

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

    JournalEntry(long sequence, @Nullable Action action, String problem, int[] heads) {
        this.sequence = sequence;
        this.action = action;
        this.problem = problem;
        this.heads = heads;
    }

    int[] heads() {
        return heads;
    }
}
