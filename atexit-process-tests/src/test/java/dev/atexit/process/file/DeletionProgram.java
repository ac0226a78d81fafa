package dev.atexit.process.file;

import dev.atexit.file.FileTree;
import dev.atexit.file.TempManager;
import dev.atexit.internal.tree.TreeDeleter;
import dev.atexit.internal.tree.TreeDeletion;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the child JVMs of these tests run. Needs the core and this class, nothing else. */
final class DeletionProgram {
    private DeletionProgram() {}

    public static void main(String[] args) throws Exception {
        Path path = Path.of(args[1]);
        switch (args[0]) {
            case "delete" -> delete(path);
            case "recorded" -> deleteRecorded(path);
            case "exit" -> new TempManager().track(path);
            case "fewDescriptors" -> fewDescriptors(path);
            case "mounts" -> mounts(path, Integer.parseInt(args[2]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    /** Says what is left, one line each. */
    private static void delete(Path path) {
        try {
            System.out.println(FileTree.delete(path) ? "deleted" : "missing");
        } catch (IOException failure) {
            System.out.println("failed");
            if (failure.getSuppressed().length == 0) {
                System.out.println(failure.getMessage());
            }
            for (Throwable single : failure.getSuppressed()) {
                System.out.println(single.getMessage());
            }
        }
    }

    /** Deletes what a journal names, whatever it is. */
    private static void deleteRecorded(Path path) {
        TreeDeletion deletion = TreeDeleter.deleteRecorded(path, (now, parent) -> true);
        System.out.println(
                deletion.isComplete()
                        ? "deleted"
                        : "left: " + deletion.failures().get(0).reason);
    }

    /** Leaves the process a dozen descriptors. */
    private static void fewDescriptors(Path path) throws IOException {
        // Loads what it needs before.
        FileTree.delete(Files.createDirectories(path.resolveSibling("first").resolve("x/y"))
                .getParent());
        Deque<FileInputStream> open = new ArrayDeque<>();
        try {
            for (; ; ) {
                open.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException noMore) {
            for (int i = 0; i < 12; i++) {
                open.remove().close();
            }
        }
        delete(path);
    }

    /** Deletes trees on whose directories another process mounts and unmounts something all the time. */
    private static void mounts(Path directory, int rounds) throws IOException {
        try (Attacker attacker = Attacker.start(directory, "mount")) {
            long mounted = 0;
            for (int i = 0; i < rounds; i++) {
                Path round = directory.resolve("round" + i);
                Path source = Files.createDirectories(round.resolve("source/in/it"));
                Files.createFile(source.resolve("precious"));
                for (int d = 0; d < 4; d++) {
                    Files.createDirectories(round.resolve("links/d" + d));
                    for (int f = 0; f < 4; f++) {
                        Files.createDirectories(round.resolve("tree/d" + d + "/in/it/f" + f));
                    }
                }
                if (!attacker.begin(round)) {
                    System.out.println("cannot mount");
                    return;
                }
                try {
                    FileTree.delete(round.resolve("tree"));
                } catch (IOException mountsAreLeft) {
                    // Only what is deleted counts here, not what is left.
                }
                mounted += attacker.end(round);
                if (!Files.exists(source.resolve("precious"))) {
                    System.out.println("touched in round " + i);
                    return;
                }
                FileTree.delete(round);
            }
            System.out.println(mounted > rounds ? "untouched" : "hardly mounted");
        }
    }
}
