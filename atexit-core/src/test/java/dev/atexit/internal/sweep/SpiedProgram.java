package dev.atexit.internal.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sweeps the directory that is its first argument; and does what a sweep must not: deletes its second one, if there is one. */
final class SpiedProgram {
    private SpiedProgram() {}

    public static void main(String[] args) throws IOException {
        int[] journals = new int[1];
        Sweep.all(Path.of(args[0]), SweepOptions.of(false, false, false, 0), swept -> journals[0]++);
        if (args.length > 1) {
            Files.delete(Path.of(args[1]));
        }
        System.out.println(journals[0]);
    }
}
