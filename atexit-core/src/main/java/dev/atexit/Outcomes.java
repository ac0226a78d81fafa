package dev.atexit;

/** How outcomes are called in reports for people. */
final class Outcomes {
    private Outcomes() {}

    /** A lower-case word or two. */
    static String word(ExitReport.Outcome outcome) {
        if (outcome == ExitReport.Outcome.RAN) {
            return "ran";
        }
        if (outcome == ExitReport.Outcome.FAILED) {
            return "failed";
        }
        if (outcome == ExitReport.Outcome.TIMED_OUT) {
            return "timed out";
        }
        if (outcome == ExitReport.Outcome.LEFT_BEHIND) {
            return "left behind";
        }
        return outcome == ExitReport.Outcome.SKIPPED ? "skipped" : "pending";
    }
}
