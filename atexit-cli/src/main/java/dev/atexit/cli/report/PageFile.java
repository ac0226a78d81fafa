package dev.atexit.cli.report;

import dev.atexit.report.RecordedExit;
import dev.atexit.report.html.HtmlPage;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes a page to a file: all of it or nothing. It is written beside the file, and takes its place when it is done. Only
 * its owner can read it, as is so with the report.
 */
final class PageFile {
    private final Path target;

    PageFile(Path target) {
        this.target = target;
    }

    void write(RecordedExit exit) throws IOException {
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            // A terminal or a pipe cannot be replaced, and nothing of it could be left half written.
            writeTo(target, exit);
            return;
        }
        // A link stays one: what it points to is replaced.
        Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(target.toString(), null, "there is no such directory");
        }
        Path unfinished = Files.createTempFile(directory, ".atexit-report-", ".html");
        try {
            writeTo(unfinished, exit);
            move(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void writeTo(Path file, RecordedExit exit) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a directory");
        }
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            HtmlPage.of(exit).writeTo(out);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException notHere) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
