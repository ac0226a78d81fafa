package dev.atexit.process.command;

import dev.atexit.file.PidFile;
import dev.atexit.file.TempManager;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes a tree and a pid file, says which, and lives until its standard input ends. Arguments: the directory for both, and
 * the URIs of directories that it makes and has deleted when it ends.
 */
final class OwingProgram {
    static final String READY = "ready";

    private OwingProgram() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        TempManager temp = new TempManager();
        for (int i = 1; i < args.length; i++) {
            temp.track(Files.createDirectory(Path.of(URI.create(args[i]))));
        }
        Path tree = temp.createDirectory(directory, "tree-");
        Files.writeString(Files.createDirectory(tree.resolve("inner")).resolve("file"), "content");
        PidFile.write(directory.resolve("app.pid"));
        System.out.println(tree);
        System.out.println(READY);
        System.out.flush();
        while (System.in.read() >= 0) {
            // It lives.
        }
    }
}
