package dev.atexit.internal.exit;

import java.io.IOException;

/**
 * Shows an exit while it runs. Implemented outside the engine, and found by name: most exits are over before there is
 * anything to show. Called by one thread at a time.
 */
public interface ExitDisplay {
    /** Gets ready; false if there is nothing to show it on. */
    boolean open();

    /** Shows this in the place of what is shown. */
    void show(Progress progress) throws IOException;

    /** Takes away what is shown, and goes to the beginning of a line: something is about to be printed. */
    void clear() throws IOException;

    /** Prints one line that stays, after {@link #clear()}. */
    void sumUp(ExitSummary exit) throws IOException;
}
