package dev.atexit.process.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.file.FileTree;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Directories of a tree are exchanged with links to one outside, as fast as another process can, while the tree is
 * deleted. The files outside have the names of those in the tree, so whoever follows a link deletes some.
 */
class LinkAttackTest {
    private static final int ROUNDS = 500;
    private static final int DIRECTORIES = 8;
    private static final int FILES = 16;

    /** Whatever deletes a tree, and may fail. */
    private interface Deleter {
        void delete(Path tree) throws IOException;
    }

    @TempDir
    Path directory;

    @BeforeEach
    void needPython() throws InterruptedException {
        Attacker.assumePython();
    }

    @Test
    void fileTree_directoriesSwappedForLinks_touchesNothingOutside() throws IOException {
        assertThat(firstRoundThatTouchesTheOutside(FileTree::delete, false, ROUNDS))
                .isZero();
    }

    @Test
    void fileTree_rootSwappedForALink_touchesNothingOutside() throws IOException {
        assertThat(firstRoundThatTouchesTheOutside(FileTree::delete, true, ROUNDS))
                .isZero();
    }

    /** The attack is one: it hits the deletion that everybody writes. */
    @Test
    void walkFileTree_directoriesSwappedForLinks_deletesOutside() throws IOException {
        assertThat(firstRoundThatTouchesTheOutside(LinkAttackTest::naively, false, 4 * ROUNDS))
                .isPositive();
    }

    /** 0 if no round does. */
    private int firstRoundThatTouchesTheOutside(Deleter deleter, boolean root, int rounds) throws IOException {
        try (Attacker attacker = Attacker.start(directory, "swap")) {
            int swaps = 0;
            for (int i = 1; i <= rounds; i++) {
                Path round = directory.resolve("round" + i);
                Path outside = fill(round.resolve("outside"));
                Path links = Files.createDirectories(round.resolve("links"));
                Path tree = round.resolve("tree");
                for (int d = 0; d < DIRECTORIES; d++) {
                    fill(tree.resolve("d" + d));
                    if (!root) {
                        Files.createSymbolicLink(links.resolve("d" + d), outside);
                    }
                }
                if (root) {
                    fill(tree);
                    Files.createSymbolicLink(links.resolve("root"), outside);
                }
                assumeTrue(attacker.begin(round), "this system cannot exchange two files");
                try {
                    deleter.delete(tree);
                } catch (IOException disturbed) {
                    // Only what is deleted counts here, not what is left.
                }
                swaps += attacker.end(round);
                if (!isFull(outside)) {
                    return i;
                }
                FileTree.delete(round);
            }
            assertThat(swaps).as("exchanges in all rounds").isGreaterThan(rounds);
        }
        return 0;
    }

    private static Path fill(Path made) throws IOException {
        Files.createDirectories(made);
        for (int f = 0; f < FILES; f++) {
            Files.createFile(made.resolve("f" + f));
        }
        return made;
    }

    private static boolean isFull(Path outside) {
        for (int f = 0; f < FILES; f++) {
            if (!Files.exists(outside.resolve("f" + f))) {
                return false;
            }
        }
        return true;
    }

    private static void naively(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
