package dev.atexit.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    @TempDir
    Path directory;

    @Test
    void tryHoldQuietly_missing_isCreatedAndNothingBesideIt() throws IOException {
        Path path = directory.resolve("a.lock");
        try (HeldFile held = LockFile.tryHoldQuietly(path)) {
            assertThat(held).isNotNull();
            assertThat(directory).isDirectoryContaining(file -> file.equals(path));
            assertThat(directory.toFile().list()).containsExactly("a.lock");
            assertThat(LockFile.tryHold(path)).isNull();
            assertThat(LockFile.tryHoldExisting(path)).isNull();
        }
        assertThat(path).isEmptyFile();
    }

    @Test
    void tryHoldExisting_missing_isSaidAndNotCreated() throws IOException {
        Path path = directory.resolve("a.lock");
        assertThatThrownBy(() -> LockFile.tryHoldExisting(path)).isInstanceOf(NoSuchFileException.class);
        assertThat(directory).isEmptyDirectory();
        Files.createFile(path);
        try (HeldFile held = LockFile.tryHoldExisting(path)) {
            assertThat(held).isNotNull();
            assertThat(LockFile.isHeldHere(path)).isTrue();
        }
        assertThat(LockFile.isHeldHere(path)).isFalse();
    }

    @Test
    void deleteAndClose_held_deletesTheFileOnce() throws IOException {
        Path path = directory.resolve("a.lock");
        HeldFile first = LockFile.tryHoldQuietly(path);
        assertThat(first).isNotNull();
        first.deleteAndClose();
        assertThat(path).doesNotExist();
        try (HeldFile second = LockFile.tryHoldQuietly(path)) {
            first.deleteAndClose();
            assertThat(second).isNotNull();
            assertThat(path).exists();
        }
    }

    @Test
    void deleteAndClose_replaced_leavesTheOther() throws IOException {
        Path path = directory.resolve("a.lock");
        HeldFile held = LockFile.tryHoldQuietly(path);
        assertThat(held).isNotNull();
        Files.delete(path);
        Files.createFile(path);
        held.deleteAndClose();
        assertThat(path).exists();
    }
}
