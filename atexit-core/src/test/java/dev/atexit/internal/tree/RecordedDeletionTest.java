package dev.atexit.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody else has written down is never deleted by its path, which may lead elsewhere by the time of the deletion. */
class RecordedDeletionTest {
    private static final Expectation ANYTHING = (now, parent) -> true;

    @TempDir
    private Path directory;

    /** A file system whose directories cannot be held open. */
    private FileSystem paths;

    private Path file;
    private Path tree;

    @BeforeEach
    void fill() throws IOException {
        URI uri = URI.create("jar:" + directory.resolve("paths.zip").toUri());
        paths = FileSystems.newFileSystem(uri, Map.of("create", "true"));
        file = Files.writeString(paths.getPath("/file"), "content");
        tree = Files.createDirectory(paths.getPath("/tree"));
        Files.writeString(tree.resolve("inside"), "content");
    }

    @AfterEach
    void close() throws IOException {
        paths.close();
    }

    private static void assertLeft(TreeDeletion deletion, Path path) {
        assertThat(deletion.isComplete()).isFalse();
        assertThat(deletion.failures()).hasSize(1);
        assertThat(deletion.failures().get(0).path).isEqualTo(path);
        assertThat(deletion.failures().get(0).reason).isEqualTo(Reasons.NO_HANDLE);
        assertThat(path).exists();
    }

    @Test
    void deleteRecorded_directoryThatCannotBeHeldOpen_deletesNothing() {
        assertLeft(TreeDeleter.deleteRecorded(file, ANYTHING), file);
        assertLeft(TreeDeleter.deleteRecorded(tree, ANYTHING), tree);
        assertThat(tree.resolve("inside")).exists();
    }

    @Test
    void look_directoryThatCannotBeHeldOpen_isToldAsWell() {
        assertLeft(TreeDeleter.look(file, ANYTHING), file);
    }

    @Test
    void delete_ofTheOwner_goesByPathThere() {
        assertThat(TreeDeleter.delete(file, ANYTHING).isComplete()).isTrue();
        assertThat(TreeDeleter.delete(tree, ANYTHING).isComplete()).isTrue();
        assertThat(file).doesNotExist();
        assertThat(tree).doesNotExist();
    }
}
