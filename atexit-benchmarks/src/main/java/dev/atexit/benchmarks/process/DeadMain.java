package dev.atexit.benchmarks.process;

import dev.atexit.internal.journal.Action;
import dev.atexit.internal.journal.Header;
import dev.atexit.internal.journal.Journal;
import dev.atexit.internal.tree.RandomName;
import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Leaves so many journals in a state directory, each of which owes one file, as so many programs would that were killed.
 * Arguments: the state directory, one for the files, how many.
 */
public final class DeadMain {
    private static final int FILES_PER_DIRECTORY = 1000;
    private static final int WRITTEN_BYTES = 4096;

    private DeadMain() {}

    /** Makes them. */
    public static void main(String[] args) throws IOException {
        FileAttribute<?> ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path state = Path.of(args[0]);
        Path journals = state.resolve("journals");
        if (!Files.isDirectory(journals)) {
            Files.createDirectory(state, ownerOnly);
            Files.createDirectory(journals, ownerOnly);
        }
        Header header = Header.own();
        int count = Integer.parseInt(args[2]);
        Path directory = Path.of(args[1]);
        for (int i = 0; i < count; i++) {
            if (i % FILES_PER_DIRECTORY == 0) {
                directory = Files.createDirectories(Path.of(args[1]).resolve("files-" + i / FILES_PER_DIRECTORY));
            }
            leaveOne(journals, directory, header);
        }
    }

    private static void leaveOne(Path journals, Path directory, Header header) throws IOException {
        String id = RandomName.next();
        Path file = Files.createFile(directory.resolve("owed-" + RandomName.next()));
        RecordedFile made =
                RecordedFile.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        Files.createFile(
                Journal.lockFile(journals, id),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Object[] journal = Journal.create(journals, id, header, false);
        new Journal(journal, false).intend(new Action.Delete(false, file, null, made, 0, 0));
        for (Object part : journal) {
            if (part instanceof RandomAccessFile open) {
                // The zeros that nobody has written over need no room on this disk.
                long length = open.length();
                open.setLength(WRITTEN_BYTES);
                open.setLength(length);
                open.close();
            }
        }
    }
}
