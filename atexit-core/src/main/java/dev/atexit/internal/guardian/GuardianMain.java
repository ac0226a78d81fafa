package dev.atexit.internal.guardian;

/** The program that a guardian runs, in a JVM of its own, when the one it watched is dead. */
public final class GuardianMain {
    private GuardianMain() {}

    /**
     * Sweeps one journal.
     *
     * @param args the directory of the journals, and the name of the journal without its suffix
     */
    public static void main(String[] args) {}
}
