package dev.atexit.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written before the file is mapped, while that happens, and after: at no instant is the file not as it should be. */
class EarlyRecordsTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final RecordedFile FILE = new RecordedFile(7, 8, 9, false);
    private static final int TIMES = 600;

    @TempDir
    private Path directory;

    private Journal journal;
    private final Deque<Long> tickets = new ArrayDeque<>();
    private final Deque<String> expected = new ArrayDeque<>();

    @BeforeEach
    void create() throws IOException {
        journal = new Journal(Journal.create(directory, ID, Header.own(), false), false);
    }

    private void intend(String path) {
        long ticket = journal.intend(new Action.Delete(false, Path.of(path), FILE, null, 0, 0));
        tickets.addLast(journal.made(ticket, FILE));
        expected.addFirst(path);
    }

    private void assertFileTells() throws IOException {
        JournalImage image = JournalReader.read(Files.readAllBytes(Journal.file(directory, ID)));
        List<String> paths = new ArrayList<>();
        for (JournalEntry entry = image.next(); entry != null; entry = image.next()) {
            assertThat(entry.action).isInstanceOfSatisfying(Action.Delete.class, delete -> {
                assertThat(delete.made).isNotNull();
                paths.add(delete.path.toString());
            });
        }
        assertThat(image.damaged()).isZero();
        assertThat(paths).containsExactlyElementsOf(expected);
    }

    @Test
    void records_earlyAndLate_standInTheFileAtOnce() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            // Of one cell and of many.
            intend("/a/" + "b".repeat(i % 5 * 60) + i);
            if (i % 3 == 2) {
                journal.strikeOut(tickets.removeFirst());
                expected.removeLast();
            }
            assertFileTells();
        }
    }

    @Test
    void records_moreThanTheFileHolds_growIt() throws IOException {
        long before = journal.size();
        for (int i = 0; i < TIMES; i++) {
            intend("/" + "long".repeat(30) + i);
        }
        assertFileTells();
        assertThat(journal.size()).isGreaterThan(before);
    }

    @Test
    void struckOut_early_leavesNothing() throws IOException {
        intend("/a");
        journal.strikeOut(tickets.removeFirst());
        expected.clear();
        assertFileTells();
        assertThat(journal.closeIfEmpty()).isTrue();
    }
}
