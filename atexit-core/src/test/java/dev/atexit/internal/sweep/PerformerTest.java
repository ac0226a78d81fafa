package dev.atexit.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.internal.journal.Action;
import dev.atexit.internal.journal.JournalBytes;
import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.LockFile;
import dev.atexit.internal.lock.PidText;
import dev.atexit.internal.process.Processes;
import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformerTest {
    private static final long PID = 4711;

    @TempDir
    Path directory;

    private Path path;
    private Path lock;
    private Path temporary;

    @BeforeEach
    void names() {
        path = directory.resolve("app.pid");
        lock = PidText.lockOf(path);
        temporary = directory.resolve("." + SweepTest.RANDOM + ".tmp");
    }

    private Performed sweep(Action action) throws IOException {
        Path journals = Files.createDirectories(directory.resolve("journals"));
        Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwx------"));
        JournalBytes journal = new JournalBytes();
        journal.intend(action);
        Path file = journal.write(journals, SweepTest.ID);
        SweptJournal swept =
                SweepTest.sweep(journals, SweepTest.PLAIN, Here.find()).get(0);
        Files.deleteIfExists(file);
        Files.deleteIfExists(journals.resolve(SweepTest.ID + ".lock"));
        return swept.items().get(0);
    }

    private Action.RemovePidFile removal(RecordedFile made) throws IOException {
        return new Action.RemovePidFile(path, JournalBytes.recorded(directory), made, PID, temporary);
    }

    private Action.RemovePidFile written() throws IOException {
        Files.writeString(path, PID + "\n");
        return removal(JournalBytes.recorded(path));
    }

    @Test
    void pidFile_ofTheDead_isRemovedWithOrWithoutALockFile() throws IOException {
        assertThat(sweep(written()).outcome).isEqualTo(Outcome.DONE);
        assertThat(path).doesNotExist();
        assertThat(lock).doesNotExist();
        Files.createFile(lock);
        assertThat(sweep(written()).outcome).isEqualTo(Outcome.DONE);
        assertThat(path).doesNotExist();
        assertThat(lock).exists();
    }

    @Test
    void pidFile_withAnotherNumber_isLeftAlone() throws IOException {
        Action action = written();
        Files.writeString(path, "4712\n");
        assertThat(sweep(action).outcome).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(path).exists();
    }

    @Test
    void pidFile_madeAnew_isLeftAlone() throws IOException {
        Action action = written();
        Files.move(path, directory.resolve("away"));
        Files.writeString(path, PID + "\n");
        assertThat(sweep(action).outcome).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(path).exists();
        Files.delete(path);
        Files.createSymbolicLink(path, directory.resolve("away"));
        assertThat(sweep(action).outcome).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(directory.resolve("away")).exists();
        Files.delete(path);
        assertThat(sweep(action).outcome).isEqualTo(Outcome.GONE);
    }

    @Test
    void pidFile_whoseLockIsHeld_isLeftAlone() throws IOException {
        Action ours = written();
        try (HeldFile held = LockFile.tryHold(lock)) {
            assertThat(held).isNotNull();
            assertThat(sweep(ours).outcome).as("taken over at this moment").isEqualTo(Outcome.FAILED);
            Files.move(path, directory.resolve("away"));
            Files.writeString(path, "4712\n");
            assertThat(sweep(ours).outcome).as("another instance").isEqualTo(Outcome.LEFT_ALONE);
            assertThat(path).exists();
            assertThat(held.isHeld()).isTrue();
            assertThat(LockFile.isHeldHere(lock)).isTrue();
        }
    }

    @Test
    void pidFile_underItsTemporaryName_isRemovedThere() throws IOException {
        Files.writeString(temporary, PID + "\n");
        RecordedFile made = JournalBytes.recorded(temporary);
        Files.createLink(path, temporary);
        assertThat(sweep(removal(made)).outcome).isEqualTo(Outcome.DONE);
        assertThat(temporary).doesNotExist();
        assertThat(path).doesNotExist();
    }

    @Test
    void pidFile_onlyIntended_losesItsTemporaryNameOnly() throws IOException {
        Files.writeString(temporary, "");
        Files.writeString(path, PID + "\n");
        sweep(removal(null));
        assertThat(temporary).doesNotExist();
        assertThat(path).exists();
    }

    @Test
    void owner_holdsTheLock_removesThePidFile() throws IOException {
        Action action = written();
        try (HeldFile held = LockFile.tryHold(lock)) {
            assertThat(held).isNotNull();
            List<Performed> performed = Performer.ofOwner(false).perform(action, Parts.NONE);
            assertThat(performed).extracting(each -> each.outcome).containsExactly(Outcome.DONE);
            assertThat(path).doesNotExist();
            assertThat(held.isHeld()).isTrue();
            assertThat(LockFile.isHeldHere(lock)).isTrue();
        }
    }

    @Test
    void owner_groups_areDoneInOrderWhateverFails() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path tree = Files.createDirectories(directory.resolve("tree/sub")).getParent();
        Action group = new Action.Group(List.of(
                new Action.Run(List.of("mv", "file", "moved"), directory, 60 * SweepTest.SECOND),
                new Action.Run(List.of("false"), directory, 60 * SweepTest.SECOND),
                new Action.Group(List.of(JournalBytes.made(file), JournalBytes.made(tree)))));
        assertThat(Performer.ofOwner(false).perform(group, Parts.NONE))
                .extracting(each -> each.outcome)
                .containsExactly(Outcome.DONE, Outcome.FAILED, Outcome.GONE, Outcome.DONE);
        assertThat(tree).doesNotExist();
        assertThat(directory.resolve("moved")).exists();
    }

    @Test
    void owner_treeThatWasReplaced_isLeftAlone() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Action action = JournalBytes.made(tree);
        Files.move(tree, directory.resolve("away"));
        Files.createDirectory(tree);
        assertThat(Performer.ofOwner(false).perform(action, Parts.NONE).get(0).outcome)
                .isEqualTo(Outcome.LEFT_ALONE);
        assertThat(tree).exists();
    }

    @Test
    void command_thatHangs_isKilledWithItsChildren() throws Exception {
        Path pid = directory.resolve("pid");
        Action action = new Action.Run(
                List.of("sh", "-c", "sleep 600 & echo $! > pid.new; mv pid.new pid; wait"),
                directory,
                SweepTest.SECOND);
        Performed performed =
                Performer.ofOwner(false).perform(action, Parts.NONE).get(0);
        assertThat(performed.outcome).isEqualTo(Outcome.FAILED);
        assumeTrue(Files.exists(pid), "the machine was too slow to start anything");
        long child = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> !Processes.isAlive(child));
    }
}
