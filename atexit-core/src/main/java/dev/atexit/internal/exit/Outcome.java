package dev.atexit.internal.exit;

/** How a task ended. */
public enum Outcome {
    /** It returned. */
    RAN("ran"),
    /** It threw. */
    FAILED("failed"),
    /** Its time was up; it ended when it was interrupted. */
    TIMED_OUT("timed out"),
    /** It did not end: its time was up and the interrupt did not help, or it called {@code System.exit}. */
    LEFT_BEHIND("left behind"),
    /** It never started: the deadline had passed. */
    SKIPPED("skipped"),
    /** It has not ended: only in what is written down when the program is ended at once. */
    RUNNING("running");

    /** What people call it. */
    public final String word;

    Outcome(String word) {
        this.word = word;
    }
}
