package dev.atexit.internal.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Has the reader read what Jazzer makes up. Whatever it is, the reader comes to an end, and what it gives can be used. */
public final class JournalReaderFuzz {
    private JournalReaderFuzz() {}

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        entries(JournalReader.read(data), data.length);
        entries(data);
    }

    /** What a journal with these bytes says, once its checksums are right. */
    public static List<JournalEntry> entries(byte[] data) throws IOException {
        byte[] repaired = JournalRepair.repaired(data);
        return entries(JournalReader.read(repaired), repaired.length);
    }

    private static List<JournalEntry> entries(JournalImage image, int length) throws IOException {
        List<JournalEntry> entries = new ArrayList<>();
        check((image.header == null) != image.refusal.isEmpty(), "a refusal without a reason, or a reason for none");
        long before = 0;
        for (JournalEntry entry = image.next(); entry != null; entry = image.next()) {
            check(entry.sequence > 0 && (entries.isEmpty() || entry.sequence < before), "not the newest first");
            before = entry.sequence;
            check(
                    (entry.action == null) != entry.problem.isEmpty(),
                    "a problem without a reason, or a reason for none");
            if (entry.action != null) {
                check(entry.action, 0);
            }
            entries.add(entry);
        }
        check(entries.size() + image.damaged() <= Layout.cells(length), "more than there is room for");
        check(image.notes().isEmpty() == (image.damaged() == 0), "damage without a note, or a note of none");
        return entries;
    }

    private static void check(Action action, int depth) {
        if (action instanceof Action.Group group) {
            check(depth < Layout.MAX_DEPTH, "too deep");
            for (Action part : group.actions) {
                check(part, depth + 1);
            }
        } else if (action instanceof Action.Delete delete) {
            check(delete.path);
        } else if (action instanceof Action.RemovePidFile removal) {
            check(removal.path);
            check(removal.pid > 0, "no number");
            Path temporary = removal.temporary;
            if (temporary != null) {
                check(temporary);
                check(temporary.getParent().equals(removal.path.getParent()), "a temporary file elsewhere");
            }
        } else if (action instanceof Action.Run run) {
            check(run.directory.isAbsolute(), "a directory that depends on where one is");
            check(!run.command.isEmpty() && run.timeoutNanos > 0, "no command");
        }
    }

    private static void check(Path path) {
        check(path.isAbsolute() && path.getFileName() != null, "no absolute path of something in a directory");
        check(path.normalize().equals(path), "a path that leads elsewhere than it says");
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
