package dev.atexit.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalFilesTest {
    @TempDir
    private Path directory;

    @Test
    void exists_whatCanBeLookedAt_isTold() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("nothing"));

        assertThat(JournalFiles.exists(file)).isTrue();
        assertThat(JournalFiles.exists(link)).as("a link to nothing").isTrue();
        assertThat(JournalFiles.exists(directory.resolve("nothing"))).isFalse();
        assertThat(JournalFiles.exists(directory.resolve("nothing/below"))).isFalse();
    }

    /** Names in a circle of links, and longer than any name: nobody can look whether they are there. */
    static Stream<String> invisible() {
        return Stream.of("circle/below", "n".repeat(300));
    }

    @ParameterizedTest
    @MethodSource("invisible")
    void exists_whatCannotBeLookedAt_isNotTakenForMissing(String name) throws IOException {
        Files.createSymbolicLink(directory.resolve("circle"), directory.resolve("circle"));
        Path path = directory.resolve(name);
        assertThat(Files.exists(path)).as("as others take it").isFalse();

        assertThatThrownBy(() -> JournalFiles.exists(path))
                .isInstanceOf(FileSystemException.class)
                .isNotInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(path.toString());
        assertThatThrownBy(() -> SweepTest.sweep(path, SweepTest.PLAIN, Here.find()))
                .as("a sweep that knows nothing does not say that nothing is owed")
                .isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> Sweep.one(path, SweepTest.ID))
                .as("nor does a guardian say that its owner is dead")
                .isInstanceOf(FileSystemException.class);
    }
}
