package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two long-lived processes race for one lock and for one pid file: exactly one wins, each time. */
class LockRaceTest {
    private static final int ROUNDS = 1000;

    @TempDir
    private Path directory;

    private Racer one;
    private Racer other;

    @BeforeEach
    void start() throws IOException {
        one = new Racer(directory);
        other = new Racer(directory);
    }

    @AfterEach
    void end() throws InterruptedException {
        one.end();
        other.end();
    }

    @Test
    void lock_twoProcessesTry1000Times_exactlyOneWinsEach() throws IOException {
        race("lock", "unlock", directory.resolve("race.lock"));
    }

    @Test
    void pidFile_twoProcessesTry1000Times_exactlyOneWinsEach() throws IOException {
        race("pid", "unpid", directory.resolve("race.pid"));
        assertThat(directory.resolve("race.pid")).doesNotExist();
    }

    private void race(String take, String give, Path path) throws IOException {
        int wonByOne = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Racer first = round % 2 == 0 ? one : other;
            Racer second = first == one ? other : one;
            first.tell(take + " " + path);
            second.tell(take + " " + path);
            List<String> answers = List.of(one.answer(), other.answer());
            long winners = answers.stream().filter("won"::equals).count();
            assertThat(winners).as("winners of round %d: %s", round, answers).isOne();
            wonByOne += answers.get(0).equals("won") ? 1 : 0;
            one.tell(give + " -");
            other.tell(give + " -");
            assertThat(List.of(one.answer(), other.answer())).containsExactly("done", "done");
        }
        // Were it always the same one, there would have been no race.
        assertThat(wonByOne).isBetween(1, ROUNDS - 1);
    }

    @Test
    void holder_killed_lockIsFreeAndPidFileTakenOver() throws Exception {
        Path lock = directory.resolve("kill.lock");
        Path pidFile = directory.resolve("kill.pid");
        one.tell("lock " + lock);
        one.tell("pid " + pidFile);
        assertThat(List.of(one.answer(), one.answer())).containsExactly("won", "won");
        assertThat(Files.readString(pidFile)).isEqualTo(one.pid() + "\n");
        other.tell("lock " + lock);
        other.tell("pid " + pidFile);
        assertThat(other.answer()).isEqualTo("lost");
        assertThat(other.answer())
                .isEqualTo("lost PID file " + pidFile + " already exists (pid " + one.pid()
                        + "); another instance may be running");
        one.kill();
        other.tell("lock " + lock);
        other.tell("pid " + pidFile);
        assertThat(List.of(other.answer(), other.answer())).containsExactly("won", "won");
        assertThat(Files.readString(pidFile)).isEqualTo(other.pid() + "\n");
    }

    /** One of the two. */
    private static final class Racer {
        private final Process process;
        private final OutputStream in;
        private final BufferedReader out;

        Racer(Path directory) throws IOException {
            String classPath = ChildJvm.place(AtExit.class) + File.pathSeparator + ChildJvm.place(Racer.class);
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:+UseSerialGC",
                            "-Datexit.state.dir=" + directory,
                            "-cp",
                            classPath,
                            LockProgram.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            in = process.getOutputStream();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertThat(out.readLine()).isEqualTo(Ending.LINE);
        }

        long pid() {
            return process.pid();
        }

        void tell(String line) throws IOException {
            in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        }

        String answer() throws IOException {
            return out.readLine();
        }

        void kill() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }

        void end() throws InterruptedException {
            kill();
        }
    }
}
