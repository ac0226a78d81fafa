package dev.atexit.internal.sweep;

import dev.atexit.internal.process.Host;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which directories journals are looked for in: so no program may put its own anywhere else. */
public final class JournalDirectory {
    private JournalDirectory() {}

    /**
     * Makes sure that this user's next sweep will look into a directory.
     *
     * @throws IOException if it will not, with the reason
     */
    public static void check(Path journals) throws IOException {
        // Where nobody can tell whose a file is, that is not this program's to say each time it starts.
        if (journals.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            check(journals, Host.uid());
        }
    }

    /** Whether there is anything but what belongs to one journal. Looks no further than that: there may be very many. */
    public static boolean hasOthers(Path journals, String id) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(journals)) {
            for (Path file : files) {
                if (!String.valueOf(file.getFileName()).startsWith(id)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException unreadable) {
            // A sweep would say why; this only asks whether one is worth its while.
            return false;
        }
    }

    static void check(Path journals, long uid) throws IOException {
        Path state = journals.getParent();
        refuse(journals, Ownership.refusalOfDirectory(journals, uid));
        if (state != null) {
            refuse(state, Ownership.refusalOfParent(state, uid));
        }
    }

    private static void refuse(Path path, String refusal) throws IOException {
        if (!refusal.isEmpty()) {
            throw new FileSystemException(path.toString(), null, refusal + ": refused");
        }
    }
}
