package dev.atexit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRotationTest {
    private static final String NAME = "atexit.test.rotation";
    private static final int THREADS = 8;
    private static final int LINES = 1_000;
    private static final int MAX_BYTES = 4_096;

    @TempDir
    Path directory;

    private LoggingScope scope;
    private Path file;

    @BeforeEach
    void begin() {
        scope = new LoggingScope();
        file = directory.resolve("app.log");
        Logger.getLogger("atexit.test").setUseParentHandlers(false);
    }

    @AfterEach
    void end() throws IOException {
        scope.exit();
        scope.close();
    }

    @Test
    void log_manyThreadsAcrossManyRotations_noLineIsLostOrTornAndNoFileTooLarge() throws Exception {
        Logger log = open(1000);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            String prefix = "thread " + t + " line ";
            Thread thread = new Thread(() -> {
                for (int i = 0; i < LINES; i++) {
                    log.info(prefix + i + " end");
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Set<String> lines = new TreeSet<>();
        int rotations = 0;
        for (Path part : parts()) {
            assertThat(Files.size(part)).isLessThanOrEqualTo(MAX_BYTES);
            for (String line : Files.readAllLines(part, StandardCharsets.UTF_8)) {
                assertThat(line).matches("\\S+Z INFO " + NAME + ": thread \\d line \\d+ end");
                assertThat(lines.add(line.substring(line.indexOf("thread")))).isTrue();
            }
            rotations++;
        }
        assertThat(lines).hasSize(THREADS * LINES);
        assertThat(rotations).isGreaterThan(100);
        assertThat(scope.printed()).isEmpty();
    }

    @Test
    void log_moreFilesThanAreKept_oldestIsReplacedAndOthersAreLeftAlone() throws Exception {
        Files.writeString(directory.resolve("app.log.3"), "of somebody else");
        Files.writeString(directory.resolve("app.log.old"), "of somebody else");
        Logger log = open(2);
        for (int i = 0; i < 10; i++) {
            log.info(i + " " + "x".repeat(MAX_BYTES / 2));
        }
        assertThat(number(file)).isEqualTo(9);
        assertThat(number(directory.resolve("app.log.1"))).isEqualTo(8);
        assertThat(number(directory.resolve("app.log.2"))).isEqualTo(7);
        assertThat(directory.resolve("app.log.3")).hasContent("of somebody else");
        assertThat(parts()).hasSize(5);
    }

    @Test
    void log_aNumberIsFree_noFileIsReplaced() throws Exception {
        Files.writeString(directory.resolve("app.log.1"), "first");
        Files.writeString(directory.resolve("app.log.3"), "third");
        Logger log = open(3);
        log.info("x".repeat(MAX_BYTES));
        log.info("last");
        assertThat(directory.resolve("app.log.2")).hasContent("first");
        assertThat(directory.resolve("app.log.3")).hasContent("third");
        assertThat(messages(file)).containsExactly("last");
    }

    @Test
    void log_lineIsLargerThanAFile_isWrittenWhole() throws Exception {
        Logger log = open(3);
        log.info("x".repeat(3 * MAX_BYTES));
        log.info("small");
        assertThat(messages(directory.resolve("app.log.1"))).containsExactly("x".repeat(3 * MAX_BYTES));
        assertThat(messages(file)).containsExactly("small");
        assertThat(parts()).hasSize(2);
    }

    @Test
    void log_linksAreWhereFilesAreRenamedTo_areReplacedAndNotFollowed() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        Files.createSymbolicLink(directory.resolve("app.log.1"), precious);
        Logger log = open(1);
        log.info("x".repeat(MAX_BYTES));
        log.info("last");
        assertThat(precious).hasContent("precious");
        assertThat(messages(directory.resolve("app.log.1"))).containsExactly("x".repeat(MAX_BYTES));
    }

    @Test
    void log_throughALink_rotatesBesideTheFileItself() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Files.createSymbolicLink(file, real.resolve("some.log"));
        Files.createFile(real.resolve("some.log"));
        Logger log = open(1);
        log.info("x".repeat(MAX_BYTES));
        log.info("last");
        assertThat(messages(real.resolve("some.log.1"))).hasSize(1);
        assertThat(messages(file)).containsExactly("last");
        assertThat(file).isSymbolicLink();
    }

    @Test
    void log_cannotBeRenamed_growsAndLosesNothingAndIsTriedAgain() throws Exception {
        Path inTheWay =
                Files.createDirectories(directory.resolve("app.log.1/sub")).getParent();
        Logger log = open(1);
        log.info("a" + "x".repeat(MAX_BYTES));
        log.info("b");
        log.info("c");
        assertThat(messages(file)).hasSize(3);
        assertThat(scope.printed())
                .filteredOn(line -> line.contains("could not be rotated"))
                .hasSize(1);
        Files.delete(inTheWay.resolve("sub"));
        Files.delete(inTheWay);
        log.info("d" + "x".repeat(MAX_BYTES / 2));
        log.info("e" + "x".repeat(MAX_BYTES / 2));
        assertThat(messages(file)).hasSize(1);
        assertThat(Files.readAllLines(directory.resolve("app.log.1"))).hasSize(4);
    }

    @Test
    void log_anotherHasMovedTheFile_aFreshOneIsMadeAndNothingIsRenamed() throws Exception {
        Logger log = open(3);
        log.info("x".repeat(MAX_BYTES));
        Path moved = Files.move(file, directory.resolve("moved.log"));
        log.info("last");
        assertThat(messages(moved)).hasSize(1);
        assertThat(messages(file)).containsExactly("last");
        assertThat(directory.resolve("app.log.1")).doesNotExist();
    }

    @Test
    void open_programWasKilledWhileItRotated_goesOn() throws Exception {
        // The worst place: all is renamed, and the fresh file is not there yet.
        Files.writeString(directory.resolve("app.log.1"), "2026-01-01T00:00:00.000Z INFO " + NAME + ": before\n");
        Logger log = open(2);
        log.info("after");
        assertThat(messages(directory.resolve("app.log.1"))).containsExactly("before");
        assertThat(messages(file)).containsExactly("after");
    }

    private Logger open(int oldFiles) throws IOException {
        return FileLoggers.open(file, NAME, Level.INFO, o -> o.rotate(MAX_BYTES, oldFiles));
    }

    private List<Path> parts() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static int number(Path part) throws IOException {
        return Integer.parseInt(messages(part).get(0).split(" ")[0]);
    }

    private static List<String> messages(Path part) throws IOException {
        return Files.readAllLines(part, StandardCharsets.UTF_8).stream()
                .map(line -> line.substring(line.indexOf(NAME) + NAME.length() + 2))
                .toList();
    }
}
