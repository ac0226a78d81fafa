package dev.atexit.process.crash;

import dev.atexit.file.TempManager;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes and removes so many temporary files, keeping a few at any time, says so, and waits to be told to end. Arguments: a
 * directory, how many.
 */
final class ChurnProgram {
    private static final int KEPT = 50;

    private ChurnProgram() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        TempManager temp = new TempManager();
        Path[] kept = new Path[KEPT];
        long times = Long.parseLong(args[1]);
        for (long i = 0; i < times; i++) {
            int slot = (int) (i % KEPT);
            if (kept[slot] != null) {
                temp.delete(kept[slot]);
            }
            // Records of many lengths, so that what one gives back does not simply fit the next one.
            kept[slot] = temp.createFile(directory, "x".repeat((int) (i % 97)), "");
        }
        System.out.println(Child.READY);
        System.out.flush();
        if (System.in.read() >= 0) {
            Runtime.getRuntime().halt(Debtor.HALTED);
        }
    }
}
