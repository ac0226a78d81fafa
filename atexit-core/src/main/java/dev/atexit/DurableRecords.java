package dev.atexit;

import dev.atexit.internal.durable.Durables;
import dev.atexit.internal.journal.Action;
import dev.atexit.internal.lock.PidText;
import dev.atexit.internal.process.ProcessIdentity;
import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Turns a durable action into what can be written down: the files it names are looked at now. */
final class DurableRecords {
    private DurableRecords() {}

    static Action of(DurableAction action) throws IOException {
        if (action instanceof DurableAction.DeleteTree tree) {
            return new Action.Delete(true, tree.path(), null, look(tree.path()), 0, 0);
        }
        if (action instanceof DurableAction.DeleteFile file) {
            RecordedFile found = look(file.path());
            if (found.directory) {
                throw new FileSystemException(
                        file.path().toString(), null, "is a directory; DurableAction.deleteTree deletes those");
            }
            return new Action.Delete(false, file.path(), null, found, 0, 0);
        }
        if (action instanceof DurableAction.RemovePidFile pidFile) {
            return pidFile(pidFile.path());
        }
        if (action instanceof DurableAction.RunCommand run) {
            if (!Durables.allowsCommands()) {
                throw new IllegalStateException("commands are not allowed: ExitPolicy.Builder.commands(true), or the"
                        + " system property atexit.commands=true, allows them");
            }
            return new Action.Run(run.command(), run.directory(), Arguments.positiveNanos("timeout", run.timeout()));
        }
        List<Action> parts = new ArrayList<>();
        for (DurableAction part : ((DurableAction.InOrder) action).actions()) {
            parts.add(of(part));
        }
        return new Action.Group(parts);
    }

    /** What to call it in messages. */
    static String label(DurableAction action) {
        if (action instanceof DurableAction.DeleteTree tree) {
            return "delete tree " + tree.path();
        }
        if (action instanceof DurableAction.DeleteFile file) {
            return "delete file " + file.path();
        }
        if (action instanceof DurableAction.RemovePidFile pidFile) {
            return "remove pid file " + pidFile.path();
        }
        if (action instanceof DurableAction.RunCommand run) {
            return "run " + String.join(" ", run.command());
        }
        List<DurableAction> parts = ((DurableAction.InOrder) action).actions();
        return label(parts.get(0)) + (parts.size() == 1 ? "" : " and " + (parts.size() - 1) + " more");
    }

    private static Action pidFile(Path path) throws IOException {
        RecordedFile found = look(path);
        PidText text = PidText.read(path);
        long own = ProcessIdentity.own().pid;
        if (text == null || text.pid != own) {
            throw new FileSystemException(
                    path.toString(), null, "does not have the number of this process, " + own + ", in its first line");
        }
        return new Action.RemovePidFile(path, null, found, own, null);
    }

    private static RecordedFile look(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            throw new NoSuchFileException(
                    path.toString(),
                    null,
                    "must be there when its deletion is registered; TempManager creates and registers");
        }
        RecordedFile found = path.getFileSystem() == FileSystems.getDefault() ? RecordedFile.of(attributes) : null;
        if (found == null) {
            throw new FileSystemException(
                    path.toString(), null, "cannot be recognised by another process on this file system");
        }
        return found;
    }
}
