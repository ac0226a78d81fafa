package dev.atexit.process.guardian;

import dev.atexit.file.PidFile;
import dev.atexit.file.TempManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a temporary tree and a pid file in a directory, prints the name of the tree, and ends as it is told on its
 * standard input. It needs nothing but the library.
 */
final class GuardianProgram {
    static final String PID_FILE = "program.pid";

    private static final int FILES = 20;

    private GuardianProgram() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Path tree = new TempManager().createDirectory(directory, "tree-");
        for (int i = 0; i < FILES; i++) {
            Files.createFile(tree.resolve("file-" + i));
        }
        PidFile.write(directory.resolve(PID_FILE));
        System.out.println(tree);
        System.out.flush();
        switch (System.in.read()) {
            case 'e' -> System.exit(0);
            case 'h' -> Runtime.getRuntime().halt(0);
            case 'm' -> fillMemory();
            default -> throw new IllegalStateException("told something else");
        }
    }

    private static void fillMemory() {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[1 << 20]);
        }
    }
}
