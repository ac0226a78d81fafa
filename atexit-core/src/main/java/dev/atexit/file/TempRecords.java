package dev.atexit.file;

import dev.atexit.internal.durable.Durables;
import dev.atexit.internal.journal.Action;
import dev.atexit.internal.tree.PathBytes;
import dev.atexit.internal.tree.RandomName;
import dev.atexit.internal.tree.RecordedFile;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Writes down what a manager creates. Other file systems than the default one end with the program, and need no record. */
final class TempRecords {
    /** The directory in which something was created last; so many files in one directory look at it once. */
    private volatile @Nullable Known last;

    /** Something with a random name will be made; returns the ticket of its record, or 0. */
    long intend(Path parent, Path path, String prefix, boolean directory) {
        if (isForeign(path)) {
            return 0;
        }
        RecordedFile in = look(parent);
        return in == null
                ? 0
                : Durables.intend(new Action.Delete(
                        directory, path, in, null, PathBytes.length(path, prefix), RandomName.LENGTH));
    }

    /** Something is there; returns the ticket of its record, or 0. */
    long track(Path path, BasicFileAttributes attributes) {
        RecordedFile file = isForeign(path) ? null : RecordedFile.of(attributes);
        return file == null ? 0 : Durables.intend(new Action.Delete(file.directory, path, null, file, 0, 0));
    }

    private static boolean isForeign(Path path) {
        return path.getFileSystem() != FileSystems.getDefault();
    }

    /** Should the directory be replaced without this being seen, something that is only intended would not be deleted. */
    private @Nullable RecordedFile look(Path parent) {
        Known known = last;
        if (known != null && known.path.equals(parent)) {
            return known.file;
        }
        RecordedFile file = RecordedFile.ofParent(parent);
        if (file != null) {
            last = new Known(parent, file);
        }
        return file;
    }

    private static final class Known {
        final Path path;
        final RecordedFile file;

        Known(Path path, RecordedFile file) {
            this.path = path;
            this.file = file;
        }
    }
}
