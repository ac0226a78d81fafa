package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sweepers that are killed, sweepers that meet, and a process that lives while they sweep. */
class SweeperTest {
    private static final int TIMES = 20;
    private static final int PROBES = 100;

    @TempDir
    private Path directory;

    private Arena arena;

    @BeforeEach
    void start() throws Exception {
        arena = new Arena(directory);
    }

    @AfterEach
    void end() throws Exception {
        arena.close();
    }

    @Test
    void sweepers_killedAtRandomInstants_areFinishedByTheNext() throws Exception {
        SweeperKills kills = new SweeperKills(arena);
        kills.kill(1, TIMES);
        assertThat(kills.bad()).as(kills.toString()).isEmpty();
    }

    @Test
    void sweepers_twoAtOnce_leaveNothingAndTakeNothingElse() throws Exception {
        SweeperKills kills = new SweeperKills(arena);
        kills.pair(TIMES);
        assertThat(kills.bad()).as(kills.toString()).isEmpty();
    }

    @Test
    void livingProcess_probedByManySweeps_keepsItsLockAndItsThings() throws Exception {
        for (int i = 0; i < PROBES; i++) {
            arena.sweep();
        }
        assertThat(arena.harm(Map.of())).isEmpty();
        assertThat(arena.endOfSibling()).isEmpty();
    }
}
