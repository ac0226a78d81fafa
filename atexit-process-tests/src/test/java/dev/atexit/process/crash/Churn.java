package dev.atexit.process.crash;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How large the journal of a program is that makes and removes very many files. */
final class Churn {
    /** What a journal has at first: far more than the files that are there at any time need. */
    static final long MOST_BYTES = 64 * 1024;

    private Churn() {}

    /** In bytes; -1 if anything is left after the program was killed and somebody has swept. */
    static long run(Path root, long times) throws IOException, InterruptedException {
        Path files = Files.createDirectories(root.resolve("churn-files"));
        Path state = root.resolve("churn-state");
        List<String> command = Child.java(
                state, List.of("-Datexit.guardian=false"), ChurnProgram.class, files.toString(), Long.toString(times));
        long size = 0;
        try (Child child = Child.start(root.resolve("churn-errors"), command)) {
            if (!child.awaitLine(Child.READY)) {
                throw new IOException("the program has ended: " + child.errors());
            }
            try (DirectoryStream<Path> journals = Files.newDirectoryStream(state.resolve("journals"), "*.journal")) {
                for (Path journal : journals) {
                    size += Files.size(journal);
                }
            }
        }
        try (Sweeping sweeping = new Sweeping(state, root.resolve("churn-sweeping"))) {
            sweeping.awaitReady();
            sweeping.sweep();
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(files)) {
            return left.iterator().hasNext() ? -1 : size;
        }
    }
}
