package dev.atexit.process.crash;

import dev.atexit.file.PidFile;
import dev.atexit.file.TempManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a pid file, and so many trees and files, says so, and ends as a line on standard input tells: {@code exit}, or,
 * leaving all of it behind, with anything else or none. Arguments: a directory, a name, how many.
 */
final class Debtor {
    static final String PREFIX = "debt-";
    static final int HALTED = 9;

    private Debtor() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        TempManager temp = new TempManager();
        PidFile.write(directory.resolve(PREFIX + args[1] + ".pid"));
        for (int i = Integer.parseInt(args[2]); i > 0; i--) {
            Path tree = temp.createDirectory(directory, PREFIX);
            Files.writeString(Files.createDirectories(tree.resolve("a/b")).resolve("file"), "content");
            Files.writeString(tree.resolve("file"), "content");
            Files.writeString(temp.createFile(directory, PREFIX, ".csv"), "content");
        }
        System.out.println(Child.READY);
        System.out.flush();
        String told = new String(System.in.readAllBytes());
        if (!told.strip().equals("exit")) {
            Runtime.getRuntime().halt(HALTED);
        }
    }
}
