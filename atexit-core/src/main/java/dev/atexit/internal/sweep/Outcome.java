package dev.atexit.internal.sweep;

/** What became of one thing that was owed. */
public enum Outcome {
    /** It was done now. */
    DONE(true),
    /** There was nothing left to do. */
    GONE(true),
    /** Something else is there, or it cannot be told that it is what was meant; it is left alone, for good. */
    LEFT_ALONE(true),
    /** It is tried again by the next sweep. */
    FAILED(false),
    /** It was not to be run. */
    NOT_RUN(false),
    /** It is owed, and was only looked at. */
    OWED(false);

    /** Whether it is owed no more. */
    public final boolean settled;

    Outcome(boolean settled) {
        this.settled = settled;
    }
}
