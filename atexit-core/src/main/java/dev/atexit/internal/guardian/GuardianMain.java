package dev.atexit.internal.guardian;

import dev.atexit.internal.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Path;

/** The program that a guardian runs, in a JVM of its own, when the one it watched is dead. */
public final class GuardianMain {
    private GuardianMain() {}

    /**
     * Sweeps one journal.
     *
     * @param args the directory of the journals, and the name of the journal without its suffix
     */
    public static void main(String[] args) {
        try {
            Sweep.one(Path.of(args[0]), args[1]);
        } catch (IOException left) {
            // Nobody is here to be told: whoever sweeps next is. Failing would have the shell try another JVM.
            return;
        }
    }
}
