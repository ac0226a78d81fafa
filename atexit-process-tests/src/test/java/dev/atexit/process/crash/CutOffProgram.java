package dev.atexit.process.crash;

import dev.atexit.file.TempManager;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cuts off its own journal while it makes files, and says how many names of journals it has seen. Arguments: the directory for
 * the files, that of the journals.
 */
final class CutOffProgram {
    private static final int FILES = 2_000;

    private static int cutOffErrors;

    private CutOffProgram() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        Path journals = Path.of(args[1]);
        TempManager temp = new TempManager();
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < FILES; i++) {
            makeOne(temp, directory, i % 2 == 1);
            if (i == FILES / 4) {
                cutOff(journals);
            }
            if (i % 50 == 0) {
                addNames(journals, seen);
            }
        }
        System.err.println("errors that came late: " + cutOffErrors);
        System.out.println("journals: " + seen.size());
    }

    private static void makeOne(TempManager temp, Path directory, boolean deletes) throws IOException {
        try {
            Path file = temp.createFile(directory, "debt-", "");
            if (deletes) {
                temp.delete(file);
            }
        } catch (InternalError late) {
            // Compiled code may meet the JVM's error for a map that was cut off a little later than where it happened.
            cutOffErrors++;
        }
    }

    private static void cutOff(Path journals) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(journals, "*.journal")) {
            for (Path journal : found) {
                FileChannel.open(journal, StandardOpenOption.WRITE).truncate(0).close();
            }
        }
    }

    private static void addNames(Path journals, Set<String> seen) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(journals, "*.lock")) {
            for (Path lock : found) {
                seen.add(lock.toString());
            }
        }
    }
}
