package dev.atexit.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jazzer, guided by what is covered, looks for bytes of which the reader, or a sweep, makes something wrong. */
class FuzzTest {
    /** Only so that what hangs does not hold the build. */
    private static final int PATIENCE_S = 240;

    private static final int SEED = 1;

    private static final int SEEDS = 5;
    private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units: +(\\d+)");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({Fuzzing.READER + ", 30", Fuzzing.SWEEP + ", 15"})
    void anyBytes_areDealtWith(String target, int seconds) throws IOException, InterruptedException {
        Path said = directory.resolve("said");
        Process jazzer = new ProcessBuilder(Fuzzing.command(target, seconds, SEED, directory))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            boolean ended = jazzer.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            String all = Files.readString(said);
            assertThat(ended).as("it ended: %s", all).isTrue();
            assertThat(jazzer.exitValue()).as(all).isZero();
            Matcher runs = RUNS.matcher(all);
            assertThat(runs.find()).as(all).isTrue();
            int executed = Integer.parseInt(runs.group(1));
            System.out.println(target + ": " + executed + " inputs in " + seconds + " s");
            // It does not take long over what it is given.
            assertThat(executed).as(all).isGreaterThan(SEEDS);
            assertThat(all).as("it is guided").containsPattern("cov: [1-9]");
        } finally {
            jazzer.destroyForcibly();
        }
    }
}
