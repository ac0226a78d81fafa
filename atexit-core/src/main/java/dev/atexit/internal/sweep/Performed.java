package dev.atexit.internal.sweep;

/** What became of one thing that was owed, in words. Immutable. */
public final class Performed {
    /** What was to be done, for people. */
    public final String action;

    /** To what. */
    public final String target;

    /** What came of it. */
    public final Outcome outcome;

    /** Why; empty if there is nothing to say. */
    public final String reason;

    Performed(String action, String target, Outcome outcome, String reason) {
        this.action = action;
        this.target = target;
        this.outcome = outcome;
        this.reason = reason;
    }
}
