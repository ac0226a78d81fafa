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

    /** What a command has printed last; empty if nothing, or nobody wants to know. */
    public final String output;

    Performed(String action, String target, Outcome outcome, String reason) {
        this(action, target, outcome, reason, "");
    }

    Performed(String action, String target, Outcome outcome, String reason, String output) {
        this.action = action;
        this.target = target;
        this.outcome = outcome;
        this.reason = reason;
        this.output = output;
    }
}
