package dev.atexit.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals as they lie on the disks of users: what is written today, later versions have to read. */
class JournalSeedsTest {
    private static final String UPDATE = "journals.update";

    @TempDir
    private Path directory;

    @Test
    void writer_sameCalls_writesTheBytesThatAreKept() throws IOException {
        Path kept = JournalSeeds.directory();
        Map<String, byte[]> written = JournalSeeds.written(directory);
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(kept);
            for (Map.Entry<String, byte[]> seed : written.entrySet()) {
                Files.write(kept.resolve(seed.getKey()), seed.getValue());
            }
        }
        try (Stream<Path> names = Files.list(kept)) {
            assertThat(names.map(path -> path.getFileName().toString()))
                    .hasSameElementsAs(new TreeSet<>(written.keySet()));
        }
        for (Map.Entry<String, byte[]> seed : written.entrySet()) {
            assertThat(Files.readAllBytes(kept.resolve(seed.getKey())))
                    .as("%s; if the change of the format is meant, run this test with -D%s=true", seed.getKey(), UPDATE)
                    .isEqualTo(seed.getValue());
        }
    }

    @Test
    void reader_journalsThatAreKept_findsNoDamage() throws IOException {
        int entries = 0;
        for (String name : JournalSeeds.written(directory).keySet()) {
            byte[] kept = Files.readAllBytes(JournalSeeds.directory().resolve(name));
            JournalImage image = JournalReader.read(kept);
            assertThat(image.refusal).as(name).isEmpty();
            for (JournalEntry entry = image.next(); entry != null; entry = image.next()) {
                assertThat(entry.problem).as(name).isEmpty();
                entries++;
            }
            assertThat(image.notes()).as(name).isEmpty();
            JournalReaderFuzz.fuzzerTestOneInput(kept);
        }
        assertThat(entries).isEqualTo(12);
    }
}
