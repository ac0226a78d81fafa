package dev.atexit.benchmarks.process;

import dev.atexit.file.TempManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Creates one temporary file in a directory, in one way or the other, and prints how many nanoseconds that took. */
public final class FirstTempMain {
    private FirstTempMain() {}

    /** Creates the file. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        long began = System.nanoTime();
        if (args[1].equals("jdk")) {
            Path file = Files.createTempFile(directory, "first-", "");
            long nanos = System.nanoTime() - began;
            Files.delete(file);
            System.out.println(nanos);
        } else {
            new TempManager().createFile(directory, "first-", "");
            System.out.println(System.nanoTime() - began);
        }
    }
}
