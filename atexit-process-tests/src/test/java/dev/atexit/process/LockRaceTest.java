package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two long-lived processes race for one lock and for one pid file: exactly one wins, each time. */
class LockRaceTest {
    private static final int ROUNDS = 1000;

    @TempDir
    private Path directory;

    private ChildJvm one;
    private ChildJvm other;

    @BeforeEach
    void start() throws Exception {
        one = racer();
        other = racer();
    }

    private ChildJvm racer() throws Exception {
        ChildJvm racer = ChildJvm.running(LockProgram.class)
                .property("atexit.state.dir", directory.toString())
                .start();
        assertThat(racer.nextLine()).isEqualTo(Ending.LINE);
        return racer;
    }

    @AfterEach
    void end() {
        one.close();
        other.close();
    }

    @Test
    void lock_twoProcessesTry1000Times_exactlyOneWinsEach() throws Exception {
        race("lock", "unlock", directory.resolve("race.lock"));
    }

    @Test
    void pidFile_twoProcessesTry1000Times_exactlyOneWinsEach() throws Exception {
        race("pid", "unpid", directory.resolve("race.pid"));
        assertThat(directory.resolve("race.pid")).doesNotExist();
    }

    private void race(String take, String give, Path path) throws Exception {
        int wonByOne = 0;
        for (int round = 0; round < ROUNDS; round++) {
            ChildJvm first = round % 2 == 0 ? one : other;
            ChildJvm second = first == one ? other : one;
            first.tell(take + " " + path);
            second.tell(take + " " + path);
            List<String> answers = List.of(one.nextLine(), other.nextLine());
            long winners = answers.stream().filter("won"::equals).count();
            assertThat(winners).as("winners of round %d: %s", round, answers).isOne();
            wonByOne += answers.get(0).equals("won") ? 1 : 0;
            one.tell(give + " -");
            other.tell(give + " -");
            assertThat(List.of(one.nextLine(), other.nextLine())).containsExactly("done", "done");
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
        assertThat(List.of(one.nextLine(), one.nextLine())).containsExactly("won", "won");
        assertThat(Files.readString(pidFile)).isEqualTo(one.pid() + "\n");
        other.tell("lock " + lock);
        other.tell("pid " + pidFile);
        assertThat(other.nextLine()).isEqualTo("lost");
        assertThat(other.nextLine())
                .isEqualTo("lost PID file " + pidFile + " already exists (pid " + one.pid()
                        + "); another instance may be running");
        one.signal("KILL");
        one.await();
        other.tell("lock " + lock);
        other.tell("pid " + pidFile);
        assertThat(List.of(other.nextLine(), other.nextLine())).containsExactly("won", "won");
        assertThat(Files.readString(pidFile)).isEqualTo(other.pid() + "\n");
    }
}
