package dev.atexit.process.crash;

import dev.atexit.file.PidFile;
import dev.atexit.file.TempManager;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A process that lives, and owes temporary trees, files and a pid file. On each line of standard input it looks whether all
 * are still there, makes some new ones and removes some old ones, and answers {@code ok}, or what is missing.
 */
final class Sibling {
    static final String PREFIX = "sib-";

    private static final int EACH = 20;

    private Sibling() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        TempManager temp = new TempManager();
        Deque<Path> all = new ArrayDeque<>();
        for (int i = 0; i < EACH; i++) {
            make(temp, directory, all);
        }
        Path pidFile = PidFile.write(directory.resolve(PREFIX + "app.pid")).path();
        System.out.println(Child.READY);
        System.out.flush();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (in.readLine() != null) {
            List<String> lost = new ArrayList<>();
            for (Path path : all) {
                Path content = Files.isDirectory(path) ? path.resolve("in/file") : path;
                if (!Files.exists(content)) {
                    lost.add("gone " + content);
                }
            }
            if (!Files.exists(pidFile)) {
                lost.add("gone " + pidFile);
            }
            for (int i = 0; i < 2; i++) {
                temp.delete(all.remove());
            }
            make(temp, directory, all);
            System.out.println(lost.isEmpty() ? "ok " + all.size() : lost.toString());
            System.out.flush();
        }
    }

    private static void make(TempManager temp, Path directory, Deque<Path> all) throws IOException {
        Path tree = temp.createDirectory(directory, PREFIX);
        Files.writeString(Files.createDirectory(tree.resolve("in")).resolve("file"), "content");
        all.add(tree);
        all.add(temp.createFile(directory, PREFIX, ".csv"));
    }
}
