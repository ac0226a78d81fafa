package dev.atexit.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.testkit.LockProviderContract;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLocksTest extends LockProviderContract {
    @TempDir
    Path directory;

    @Override
    protected LockProvider locks() {
        return FileLocks.in(directory);
    }

    @Test
    void lockFile_taken_isEmptyAndStays() throws IOException {
        Path file = directory.resolve("nightly.lock");
        HeldLock lock = locks().tryAcquire("nightly").orElseThrow();
        assertThat(file).isEmptyFile();
        lock.close();
        assertThat(file).isEmptyFile();
        assertThat(directory.resolve("nightly.lock.owner")).doesNotExist();
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void ownerFile_taken_namesPidHostAndStart() throws IOException {
        Instant before = Instant.now();
        try (HeldLock lock = locks().tryAcquire("nightly").orElseThrow()) {
            String text = Files.readString(directory.resolve("nightly.lock.owner"));
            ProcessHandle self = ProcessHandle.current();
            assertThat(text)
                    .contains("pid " + self.pid() + "\n")
                    .contains("\nhost ")
                    .contains("\nstarted ");
            LockOwner owner = locks().owner("nightly").orElseThrow();
            assertThat(owner.started().orElseThrow())
                    .isBetween(
                            self.info().startInstant().orElseThrow().minusSeconds(2),
                            self.info().startInstant().orElseThrow().plusSeconds(2));
            assertThat(owner.since().orElseThrow()).isBetween(before.minusMillis(1), Instant.now());
            assertThat(lock.owner()).hasToString(owner.toString());
        }
    }

    @Test
    void ownerFile_garbage_isNobody() throws IOException {
        Path owner = directory.resolve("nightly.lock.owner");
        for (String garbage :
                new String[] {"", "pid", "pid x\nhost h\n", "\0\0\0", "pid 99999999999999999999\nhost a\n"}) {
            Files.writeString(owner, garbage);
            assertThat(locks().owner("nightly")).as(garbage).isEmpty();
        }
        Files.delete(owner);
        Files.createDirectory(owner);
        assertThat(locks().owner("nightly")).isEmpty();
        locks().tryAcquire("nightly").orElseThrow().close();
    }

    @Test
    void path_otherSpellings_areTheSameLock() throws IOException, InterruptedException {
        Path file = directory.resolve("app.lock");
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (HeldLock lock = FileLocks.tryAcquire(file).orElseThrow()) {
            assertThat(lock.name()).isEqualTo(file.toString());
            assertThat(FileLocks.tryAcquire(directory.resolve("real/../app.lock")))
                    .isEmpty();
            Files.createLink(directory.resolve("hard"), file);
            assertThat(FileLocks.tryAcquire(directory.resolve("hard"))).isEmpty();
        }
        try (HeldLock lock = FileLocks.tryAcquire(real.resolve("b")).orElseThrow()) {
            assertThat(lock.isHeld()).isTrue();
            assertThat(FileLocks.tryAcquire(link.resolve("b"))).isEmpty();
        }
        assertThat(FileLocks.acquire(file, Duration.ofSeconds(1)).orElseThrow().isHeld())
                .isTrue();
    }

    @Test
    void path_symbolicLinkOrDirectory_isRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory.resolve("victim"));
        assertThatThrownBy(() -> FileLocks.tryAcquire(link))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("symbolic link");
        assertThat(directory.resolve("victim")).doesNotExist();
        assertThatThrownBy(() -> FileLocks.tryAcquire(directory)).hasMessageContaining("not a file");
        assertThatThrownBy(() -> FileLocks.tryAcquire(directory.resolve("missing/a")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(directory.resolve("missing").toString());
    }

    @Test
    void path_withContent_keepsIt() throws IOException {
        Path file = Files.writeString(directory.resolve("data"), "precious");
        FileLocks.tryAcquire(file).orElseThrow().close();
        assertThat(file).hasContent("precious");
    }

    @Test
    void path_lockedByOtherCodeInThisJvm_isTakenUntilThatIsOver() throws IOException {
        Path file = Files.createFile(directory.resolve("app.lock"));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var foreign = channel.lock()) {
            assertThat(FileLocks.tryAcquire(file)).isEmpty();
            assertThat(FileLocks.tryAcquire(file)).isEmpty();
            assertThat(foreign.isValid()).isTrue();
        }
        FileLocks.tryAcquire(file).orElseThrow().close();
        FileLocks.tryAcquire(file).orElseThrow().close();
    }

    @Test
    void path_deletedWhileHeld_nextFileIsAnotherLock() throws IOException {
        Path file = directory.resolve("app.lock");
        HeldLock first = FileLocks.tryAcquire(file).orElseThrow();
        Files.delete(file);
        HeldLock second = FileLocks.tryAcquire(file).orElseThrow();
        first.close();
        assertThat(FileLocks.tryAcquire(file)).isEmpty();
        second.close();
        FileLocks.tryAcquire(file).orElseThrow().close();
    }

    @Test
    void permissions_newLockFile_areTheWritePermissionsOfItsDirectory() throws IOException {
        assumeTrue(
                directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "the file system knows no owners");
        String[][] cases = {{"rwx------", "rw-------"}, {"rwxrwx---", "rw-rw----"}, {"rwxrwxrwx", "rw-rw-rw-"}};
        for (String[] expected : cases) {
            Path shared = Files.createDirectory(directory.resolve(expected[0]));
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString(expected[0]));
            FileLocks.in(shared).tryAcquire("a").orElseThrow().close();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(shared.resolve("a.lock"))))
                    .isEqualTo(expected[1]);
        }
    }

    @Test
    void names_asFiles_arePlainAndNeverHidden() throws IOException {
        assertThat(LockNames.encode("Nightly-1_a.b")).isEqualTo("Nightly-1_a.b");
        assertThat(LockNames.encode("azAZ09")).isEqualTo("azAZ09");
        assertThat(LockNames.encode("`{@[/:")).isEqualTo("%60%7B%40%5B%2F%3A");
        assertThat(LockNames.encode("../x\n")).isEqualTo("%2E.%2Fx%0A");
        assertThat(LockNames.encode("\u00e9")).isEqualTo("%C3%A9");
        LockNames.encode("x".repeat(200));
        assertThatThrownBy(() -> LockNames.encode("x".repeat(201)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name must be at most 200");
        assertThatThrownBy(() -> LockNames.encode("a\ud800"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("surrogate");
        locks().tryAcquire("\u00e9".repeat(33)).orElseThrow().close();
        locks().tryAcquire("x".repeat(200)).orElseThrow().close();
    }
}
