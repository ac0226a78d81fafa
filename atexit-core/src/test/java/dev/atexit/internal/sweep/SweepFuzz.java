package dev.atexit.internal.sweep;

import dev.atexit.internal.journal.JournalBytes;
import dev.atexit.internal.journal.JournalEntry;
import dev.atexit.internal.journal.JournalReaderFuzz;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Has a real sweep replay what the reader makes of what Jazzer makes up. All paths are moved below one directory, which is
 * full of files of others: of these, and of what has another identity than was written down, nothing may be touched.
 */
public final class SweepFuzz {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final int MAX_ITEMS = 100;

    private static SweepArena arena;
    private static Map<String, String> before;

    private SweepFuzz() {}

    /** What Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] data) throws IOException {
        if (arena == null) {
            arena = new SweepArena(Path.of(System.getProperty("java.io.tmpdir"), "arena"));
            before = arena.fill();
        }
        Relocation relocation = new Relocation(arena.files);
        JournalBytes journal = new JournalBytes();
        for (JournalEntry entry : JournalReaderFuzz.entries(data)) {
            if (entry.action != null) {
                journal.intend(relocation.of(entry.action));
            }
        }
        journal.write(arena.journals, ID);
        sweep(SweepOptions.of(true, false, false, MAX_ITEMS));
        check(arena.look().equals(before), "a dry sweep changed something");
        sweep(SweepOptions.of(false, false, false, MAX_ITEMS));
        Map<String, String> after = arena.look();
        for (Map.Entry<String, String> file : before.entrySet()) {
            String now = after.remove(file.getKey());
            if (now == null) {
                check(relocation.allows(Path.of(file.getKey())), "deleted " + file.getKey());
            } else {
                check(now.equals(file.getValue()), file + " became " + now);
            }
        }
        check(after.isEmpty(), "made " + after);
        arena.clearJournals();
        if (!arena.look().equals(before)) {
            before = arena.fill();
        }
    }

    private static void sweep(SweepOptions options) throws IOException {
        List<SweptJournal> swept = new ArrayList<>();
        Sweep.all(arena.journals, options, swept::add);
        check(swept.size() == 1, "not one journal, but " + swept.size());
        SweptJournal journal = swept.get(0);
        check(journal.header() != null, "refused: " + journal.reason());
        check(!isException(journal.reason()), journal.reason());
        for (Performed item : journal.items()) {
            check(!isException(item.reason), item.reason);
        }
    }

    private static boolean isException(String reason) {
        return reason.contains("Exception") || reason.contains("Error:");
    }

    static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
