package dev.atexit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.AtExit;
import dev.atexit.lock.FileLocks;
import dev.atexit.lock.HeldLock;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FreshAtExit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a pid file is, and what becomes of it. */
@FreshAtExit
class PidFileOwnerTest {
    private static final long OWN = ProcessHandle.current().pid();

    @TempDir
    Path directory;

    private Path path;
    private Path lockFile;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("app.pid");
        lockFile = directory.resolve("app.pid.lock");
    }

    private static List<String> printedBy(Callable<?> work) throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            work.call();
        } finally {
            System.setErr(before);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** The number of a process that has ended and been waited for. */
    private static long dead() throws Exception {
        Process process = new ProcessBuilder("true").start();
        process.waitFor();
        return process.pid();
    }

    private void assertRefused(long pid) {
        assertThatThrownBy(() -> PidFile.write(path))
                .hasMessage("PID file " + path + " already exists (pid " + pid + "); another instance may be running")
                .isInstanceOfSatisfying(
                        PidFileExistsException.class,
                        thrown -> assertThat(thrown.pid()).isEqualTo(pid));
    }

    private void assertTakenOver(String owner) throws Exception {
        List<PidFile> written = new ArrayList<>();
        assertThat(printedBy(() -> written.add(PidFile.write(path))))
                .containsExactly("[atexit] PID file " + path + " was left by " + owner + " that has ended: taken over");
        assertThat(path).hasContent(OWN + "\n");
        written.get(0).close();
        assertThat(path).doesNotExist();
    }

    @Test
    void write_lockHeld_isRefusedWhateverTheFileSays() throws Exception {
        Files.writeString(path, dead() + "\n");
        try (HeldLock lock = FileLocks.tryAcquire(lockFile).orElseThrow()) {
            assertThat(lock.isHeld()).isTrue();
            assertRefused(OWN);
            assertThat(FileLocks.tryAcquire(lockFile)).isEmpty();
        }
    }

    @Test
    void write_lockFileThereButFree_takesOverThoughTheNumberLives() throws Exception {
        Files.createFile(lockFile);
        Files.writeString(path, "1\n");
        assertTakenOver("process 1");
    }

    @Test
    void write_lockFileFreeAndPidFileEmptied_takesOver() throws Exception {
        Files.createFile(lockFile);
        Files.write(path, new byte[8]);
        assertTakenOver("a program");
    }

    @Test
    void write_foreignAndAlive_isRefusedEachTimeAndLeavesNoLockFile() throws Exception {
        Files.writeString(path, " 1\nmore\n");
        assertRefused(1);
        assertRefused(1);
        assertThat(path).hasContent(" 1\nmore\n");
        assertThat(lockFile).doesNotExist();
    }

    @Test
    void write_foreignAndDead_takesOver() throws Exception {
        long dead = dead();
        Files.writeString(path, Long.toString(dead));
        assertTakenOver("process " + dead);
    }

    @Test
    void write_numberOfAThreadOfOurs_takesOver() throws Exception {
        Path tasks = Path.of("/proc/self/task");
        assumeTrue(Files.isDirectory(tasks), "only Linux numbers threads as it numbers processes");
        long thread;
        try (var all = Files.list(tasks)) {
            thread = all.mapToLong(task -> Long.parseLong(task.getFileName().toString()))
                    .filter(number -> number != OWN)
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(path, thread + "\n");
        assertTakenOver("process " + thread);
    }

    @Test
    void write_foreignWithoutANumber_isLeftAloneAndSaysWhatToDo() throws IOException {
        for (String text : new String[] {"", "precious", "-1", "0", "99999999999", "4294967297", "1x"}) {
            Files.writeString(path, text);
            assertThatThrownBy(() -> PidFile.write(path))
                    .as(text)
                    .isInstanceOf(PidFileExistsException.class)
                    .hasMessage("PID file " + path
                            + " already exists and holds no process number; if no program uses it, delete it");
            assertThat(path).hasContent(text);
        }
        Files.createFile(lockFile);
        Files.writeString(path, "precious");
        assertThatThrownBy(() -> PidFile.write(path)).isInstanceOf(PidFileExistsException.class);
        assertThat(path).hasContent("precious");
    }

    @Test
    void clear_written_keepsIt(AtExitControl control) throws Exception {
        PidFile.write(path);
        assertThat(AtExit.count()).isZero();
        AtExit.clear();
        control.exit();
        assertThat(path).doesNotExist();
    }

    @Test
    void write_afterTheExit_leavesNothing(AtExitControl control) throws IOException {
        control.exit();
        assertThatThrownBy(() -> PidFile.write(path)).isInstanceOf(IllegalStateException.class);
        try (var left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void exit_contentChangedOrGone_isLeftAlone(AtExitControl control) throws Exception {
        PidFile.write(path);
        Path other = directory.resolve("other.pid");
        PidFile.write(other);
        Files.writeString(path, "1\n");
        Files.delete(other);
        assertThat(printedBy(control::exit))
                .containsExactly("[atexit] PID file " + path + " is no longer ours: left alone");
        assertThat(path).hasContent("1\n");
    }

    @Test
    void exit_linkPutInItsPlace_isLeftAlone(AtExitControl control) throws Exception {
        PidFile.write(path);
        Files.delete(path);
        Path victim = Files.writeString(directory.resolve("victim"), OWN + "\n");
        Files.createSymbolicLink(path, victim);
        assertThat(printedBy(control::exit)).hasSize(1);
        assertThat(victim).exists();
        assertThat(path).isSymbolicLink();
    }

    @Test
    void close_rewrittenInPlaceWithTheSame_removesIt() throws Exception {
        PidFile file = PidFile.write(path);
        Files.writeString(path, OWN + "\n");
        file.close();
        assertThat(path).doesNotExist();
    }
}
