package dev.atexit.internal.exit;

/** Is told what happens while handlers run. Notices come one at a time. */
public interface ExitObserver {
    /** Takes one notice. What it throws is printed and otherwise ignored. */
    void on(Notice notice);

    /** Whether {@link Notice.Kind#STARTED} and every quiet {@link Notice.Kind#FINISHED} are wanted too. */
    boolean wantsAll();
}
