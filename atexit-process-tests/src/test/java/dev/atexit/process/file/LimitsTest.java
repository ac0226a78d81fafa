package dev.atexit.process.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree of 3,000 levels, in a JVM with few descriptors and a small stack. */
class LimitsTest {
    private static final int LEVELS = 3_000;

    /** So many levels are made by path, and hung below those made before. */
    private static final int PIECE = 100;

    private static final String SMALL = "ulimit -n 256; ";

    /** A slow disk is none of this test's business. */
    private static final String PATIENT = "-Datexit.stuck.notice=10m";

    @TempDir
    Path directory;

    private Deletion deletion;

    @BeforeEach
    void makeDeepTree() throws IOException {
        deletion = new Deletion(directory);
        Path tree = directory.resolve("tree");
        Path above = directory.resolve("above");
        for (int level = 0; level < LEVELS; level += PIECE) {
            Path bottom = above;
            for (int i = 0; i < PIECE; i++) {
                Files.createDirectories(bottom.resolve("empty"));
                Files.createFile(bottom.resolve("file"));
                bottom = Files.createDirectory(bottom.resolve("d" + i % 10));
            }
            if (level > 0) {
                Files.move(tree, bottom.resolve("d"));
            }
            Files.move(above, tree);
        }
    }

    /** JUnit would not get far. */
    @AfterEach
    void removeWhatIsLeft() throws IOException {
        deletion.shell("rm -rf tree above");
    }

    @Test
    void delete_deepTree_isGone() throws IOException {
        List<String> said = deletion.shell(SMALL + deletion.java("-Xss512k", "delete", "tree"));
        assertThat(said).containsExactly("deleted");
        assertThat(deletion.exists("tree")).isFalse();
    }

    @Test
    void exit_deepTree_isGone() throws IOException {
        List<String> said = deletion.shell(SMALL + deletion.java("-Xss512k " + PATIENT, "exit", "tree"));
        assertThat(said).isEmpty();
        assertThat(deletion.exists("tree")).isFalse();
    }

    @Test
    void delete_descriptorsNearlyUsedUp_isGone() throws IOException {
        List<String> said = deletion.shell(SMALL + deletion.java("-Xss512k", "fewDescriptors", "tree"));
        assertThat(said).containsExactly("deleted");
        assertThat(deletion.exists("tree")).isFalse();
    }
}
