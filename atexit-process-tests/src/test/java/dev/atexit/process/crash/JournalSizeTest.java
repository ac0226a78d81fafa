package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalSizeTest {
    private static final long TIMES = 200_000;

    @TempDir
    private Path directory;

    @Test
    void journal_ofManyFilesThatAreRemovedAgain_doesNotGrow() throws Exception {
        assertThat(Churn.run(directory, TIMES)).isBetween(1L, Churn.MOST_BYTES);
    }
}
