package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry at the end of real JVMs. */
class RegistryTest {
    /** Only so that a child that hangs does not hold the build: none needs more than a few seconds. */
    private static final long LONG_S = 120;

    @TempDir
    Path directory;

    private Process child;
    private BufferedReader stdout;

    @AfterEach
    void endChild() {
        if (child != null) {
            child.destroyForcibly();
        }
    }

    private void start(String scenario, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("-Dfile.encoding=UTF-8");
        command.addAll(List.of(options));
        command.add(RegistryProgram.class.getName());
        command.add(scenario);
        child = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
        stdout = child.inputReader(StandardCharsets.UTF_8);
    }

    private List<String> restOfStdout() {
        return stdout.lines().toList();
    }

    private List<String> stderr() throws IOException {
        return Files.readString(directory.resolve("stderr")).lines().toList();
    }

    private int status() throws InterruptedException {
        assertThat(child.waitFor(LONG_S, TimeUnit.SECONDS)).isTrue();
        return child.exitValue();
    }

    @Test
    void endOfMain_orderNamesAndMessages_areAsPromised() throws Exception {
        start("order", "-Duser.language=tr", "-Duser.country=TR");
        assertThat(restOfStdout())
                .containsExactly("newer handler", "replaced", "drain", "waits", "stop-http", "close-db");
        assertThat(status()).isZero();
        assertThat(stderr())
                .containsExactly(
                        "[atexit] cleanup 'bro\\nken' failed: java.lang.IllegalStateException: I\\tFAIL",
                        "[atexit] cleanup 'waits' was to run after 'nobody', which nobody registered");
    }

    @Test
    void timeout_entryHangs_restRuns() throws Exception {
        start("timeout");
        assertThat(restOfStdout()).containsExactly("rest");
        assertThat(status()).isZero();
        assertThat(stderr()).anySatisfy(line -> assertThat(line).startsWith("[atexit] 'hangs' timed out after "));
    }

    @Test
    void systemExit_insideAnEntry_isLeftBehindAndTheRestRuns() throws Exception {
        start("exitInside");
        assertThat(restOfStdout()).containsExactly("rest");
        assertThat(status()).isEqualTo(7);
        assertThat(stderr()).anySatisfy(line -> assertThat(line).startsWith("[atexit] 'exits' called System.exit"));
    }

    @Test
    void systemExit_insideAnEntryOfRunAll_exitDoesNotWaitForIt() throws Exception {
        start("exitInsideRunAll");
        assertThat(restOfStdout()).containsExactly("first", "rest", "rest RAN", "exits LEFT_BEHIND", "first RAN");
        assertThat(status()).isEqualTo(3);
    }

    @Test
    void deadline_insideTheRegistry_whatIsLeftIsNamed() throws Exception {
        start("deadline");
        long began = System.nanoTime();
        assertThat(restOfStdout()).isEmpty();
        assertThat(status()).isZero();
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(30);
        assertThat(stderr()).contains("[atexit] deadline passed, skipped: 'last', 'waits'");
    }

    @Test
    void deadline_beforeTheRegistry_itsEntriesAreNamed() throws Exception {
        start("skippedWhole");
        assertThat(restOfStdout()).isEmpty();
        assertThat(status()).isZero();
        assertThat(stderr()).contains("[atexit] deadline passed, skipped: 'drain', 'stop'");
    }

    @Test
    void sigterm_whileMainRunsTheRegistry_exitWaitsForTheEntryInProgress() throws Exception {
        start("signalDuringRunAll");
        assertThat(stdout.readLine()).isEqualTo("slow begins");
        // SIGTERM; Process.destroy() would close our end of the streams as well.
        assertThat(child.toHandle().destroy()).isTrue();
        assertThat(restOfStdout()).containsExactly("slow ends", "dependent");
        assertThat(status()).isEqualTo(143);
    }

    @Test
    void parallelism_atTheEndOfMain_entriesMeet() throws Exception {
        start("parallel");
        assertThat(restOfStdout()).containsExactly("newer", "met", "met", "met", "after all");
        assertThat(status()).isZero();
        assertThat(stderr()).isEmpty();
    }
}
