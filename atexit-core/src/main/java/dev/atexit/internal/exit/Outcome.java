package dev.atexit.internal.exit;

/** How a task ended. */
public enum Outcome {
    /** It returned. */
    RAN,
    /** It threw. */
    FAILED,
    /** Its time was up; it ended when it was interrupted. */
    TIMED_OUT,
    /** It did not end: its time was up and the interrupt did not help, or it called {@code System.exit}. */
    LEFT_BEHIND,
    /** It never started: the deadline had passed. */
    SKIPPED,
    /** It has not ended: only in what is written down when the program is ended at once. */
    RUNNING
}
