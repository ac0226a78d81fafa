package dev.atexit.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.AtExit;
import dev.atexit.ExitReport;
import dev.atexit.internal.lock.LockFile;
import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FreshAtExit;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@FreshAtExit
class PidFileTest {
    private static final long OWN = ProcessHandle.current().pid();

    @RegisterExtension
    final Stderr err = new Stderr();

    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve("app.pid");
    }

    @Test
    void write_holdsTheNumberAndANewline_exitRemovesIt(AtExitControl control) throws Exception {
        PidFile.write(path());
        assertThat(path()).hasContent(OWN + "\n");
        AtExit.clear();
        control.exit();
        assertThat(path()).doesNotExist();
        assertThat(directory.resolve("app.pid.lock")).isEmptyFile();
    }

    @Test
    void write_secondTime_isRefusedWithTheNumber() throws Exception {
        try (PidFile first = PidFile.write(path())) {
            assertThat(first.pid()).isEqualTo(OWN);
            assertThatThrownBy(() -> PidFile.write(path()))
                    .isInstanceOf(PidFileExistsException.class)
                    .hasMessage("PID file " + path() + " already exists (pid " + OWN
                            + "); another instance may be running");
        }
        assertThat(path()).doesNotExist();
    }

    @Test
    void write_foreignFileOfALivingProcess_isRefused() throws Exception {
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        Files.writeString(path(), parent + "\n");
        assertThatThrownBy(() -> PidFile.write(path()))
                .isInstanceOfSatisfying(
                        PidFileExistsException.class,
                        taken -> assertThat(taken.pid()).isEqualTo(parent));
        assertThat(path()).hasContent(parent + "\n");
        assertThat(directory.resolve("app.pid.lock")).doesNotExist();
    }

    @Test
    void write_staleFileWithOurOwnNumber_isTakenOver() throws Exception {
        Files.writeString(path(), OWN + "\n");
        try (PidFile file = PidFile.write(path())) {
            assertThat(file.path()).hasContent(OWN + "\n");
        }
    }

    @Test
    void close_fileReplacedMeanwhile_isLeftAlone() throws Exception {
        PidFile file = PidFile.write(path());
        Files.writeString(path(), "1\n");
        file.close();
        assertThat(path()).hasContent("1\n");
        assertThat(err.lines()).containsExactly("[atexit] PID file " + path() + " is no longer ours: left alone");
        assertThat(LockFile.isHeldHere(directory.resolve("app.pid.lock"))).isFalse();
    }

    @Test
    void write_andClose_sayNothing() throws Exception {
        PidFile.write(path()).close();
        assertThat(err.text()).isEmpty();
    }

    @Test
    void write_foreignTextBesideAFreeLock_isRefusedAndFreesTheLock() throws Exception {
        Path lock = Files.createFile(directory.resolve("app.pid.lock"));
        Files.writeString(path(), "no number");
        assertThatThrownBy(() -> PidFile.write(path())).hasMessageContaining("holds no process number");
        assertThat(LockFile.isHeldHere(lock)).isFalse();
    }

    @Test
    void exit_directoryInItsPlace_isLeftAloneAndSaidInOneLine(AtExitControl control) throws Exception {
        PidFile.write(path());
        Files.delete(path());
        Path inside = Files.createDirectories(path().resolve("in the way"));
        ExitReport report = control.exit();
        assertThat(report.isClean()).isTrue();
        assertThat(err.lines()).containsExactly("[atexit] PID file " + path() + " is no longer ours: left alone");
        assertThat(inside).isDirectory();
    }

    @Test
    void write_directoryMissing_isSaid() {
        assertThatThrownBy(() -> PidFile.write(directory.resolve("no").resolve("app.pid")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("directory");
    }

    @Test
    void write_linkInItsPlace_isNotFollowed() throws Exception {
        Path target = Files.writeString(directory.resolve("target"), "mine");
        Files.createSymbolicLink(path(), target);
        assertThatThrownBy(() -> PidFile.write(path())).hasMessageContaining("symbolic link");
        assertThat(target).hasContent("mine");
    }
}
