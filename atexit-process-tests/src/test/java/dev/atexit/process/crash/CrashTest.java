package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sixty of the rounds of {@code bin/crash-test}. */
class CrashTest {
    private static final long SEED = 20_260_101;
    private static final int ROUNDS = 60;

    @TempDir
    private Path directory;

    @Test
    void program_endedAtRandomInstants_leavesNothingAndTakesNothingOfOthers() throws Exception {
        CrashRun run = CrashRun.run(directory, SEED, ROUNDS, new PrintStream(PrintStream.nullOutputStream()));
        assertThat(run.bad()).as(run.toString()).isEmpty();
    }
}
