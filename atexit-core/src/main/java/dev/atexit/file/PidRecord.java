package dev.atexit.file;

import dev.atexit.internal.durable.Durables;
import dev.atexit.internal.journal.Action;
import dev.atexit.internal.process.ProcessIdentity;
import dev.atexit.internal.tree.RecordedFile;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Writes down the pid file of this process, from before it is there. Not thread-safe. */
final class PidRecord {
    private final Path path;
    private @Nullable RecordedFile made;
    private long ticket;

    PidRecord(Path path) {
        this.path = path;
    }

    /** It will be made under a name that nobody can guess, and then get its own. */
    void intend(Path temporary) {
        strikeOut();
        if (path.getFileSystem() == FileSystems.getDefault()) {
            Path parent = path.getParent();
            RecordedFile in = parent == null ? null : RecordedFile.ofParent(parent);
            ticket = Durables.intend(new Action.RemovePidFile(path, in, null, pid(), temporary));
        }
    }

    /** It is there, under the one name or the other. Where a file has only one, it is another file by its own. */
    void made(BasicFileAttributes attributes) {
        RecordedFile file = RecordedFile.of(attributes);
        RecordedFile before = made;
        if (file == null
                || ticket == 0
                || (before != null && before.inode == file.inode && before.device == file.device)) {
            return;
        }
        if (before == null) {
            ticket = Durables.made(ticket, file);
        } else {
            long next = Durables.intend(new Action.RemovePidFile(path, null, file, pid(), null));
            strikeOut();
            ticket = next;
        }
        made = file;
    }

    /** It is gone, or is no longer ours. */
    void strikeOut() {
        Durables.strikeOut(ticket);
        ticket = 0;
        made = null;
    }

    private static long pid() {
        return ProcessIdentity.own().pid;
    }
}
