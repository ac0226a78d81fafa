package dev.atexit.benchmarks.process;

import dev.atexit.file.TempManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a small temporary tree in a directory, prints where, and waits to be killed. */
public final class OwingMain {
    private static final int FILES = 10;

    private OwingMain() {}

    /** Makes the tree. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path tree = new TempManager().createDirectory(Path.of(args[0]), "owed-");
        for (int i = 0; i < FILES; i++) {
            Files.writeString(tree.resolve("file" + i), "content");
        }
        System.out.println(tree);
        System.out.flush();
        Thread.currentThread().join();
    }
}
