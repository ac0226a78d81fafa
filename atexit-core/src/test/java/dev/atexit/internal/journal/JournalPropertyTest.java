package dev.atexit.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever is written and struck out, in whatever order: what is read is what is owed, newest first. */
class JournalPropertyTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final int MAX_NAME = 4000;

    @Property(tries = 100)
    void journal_anyHistory_isReadAsWhatIsOwed(@ForAll @Size(max = 300) List<@IntRange(max = 9_999_999) Integer> steps)
            throws IOException {
        Path directory = Files.createTempDirectory("journal-property");
        try {
            Journal journal = new Journal(Journal.create(directory, ID, Header.own(), false), false);
            Map<Long, String> owed = new TreeMap<>();
            Map<Long, Long> tickets = new HashMap<>();
            long sequence = 0;
            for (int step : steps) {
                if (step % 3 == 0 && !owed.isEmpty()) {
                    Long struck = new ArrayList<>(owed.keySet()).get(step % owed.size());
                    journal.strikeOut(tickets.get(struck));
                    owed.remove(struck);
                } else {
                    String path = "/" + "n".repeat(1 + step % MAX_NAME);
                    sequence++;
                    long ticket = journal.intend(new Action.Delete(true, Path.of(path), null, null, 0, 0));
                    String made = "";
                    if (step % 2 == 0) {
                        ticket = journal.made(ticket, new RecordedFile(1, step, 3, true));
                        made = " " + step;
                    }
                    tickets.put(sequence, ticket);
                    owed.put(sequence, path + made);
                    sequence += made.isEmpty() ? 0 : 1;
                }
            }

            List<String> expected = new ArrayList<>();
            owed.values().forEach(text -> expected.add(0, text));
            assertThat(read(directory)).isEqualTo(expected);
            assertThat(journal.live()).isEqualTo(owed.size());
        } finally {
            Journal.delete(directory, ID);
            Files.delete(directory);
        }
    }

    private static List<String> read(Path directory) throws IOException {
        JournalImage image = JournalReader.read(Files.readAllBytes(Journal.file(directory, ID)));
        List<String> read = new ArrayList<>();
        for (JournalEntry entry = image.next(); entry != null; entry = image.next()) {
            Action.Delete delete = (Action.Delete) entry.action;
            read.add(delete.path + (delete.made == null ? "" : " " + delete.made.inode));
        }
        assertThat(image.damaged()).isZero();
        return read;
    }
}
