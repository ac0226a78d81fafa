package dev.atexit.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.internal.journal.JournalBytes;
import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweeperTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path state;

    private Path journals;
    private Path tree;
    private JournalBytes journal;

    @BeforeEach
    void oneJournal() throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        journals = Files.createDirectory(state.resolve("journals"), owner);
        tree = Files.createDirectories(state.resolve("work/tree\n/below")).getParent();
        journal = new JournalBytes();
        journal.intend(JournalBytes.made(tree));
        journal.write(journals, ID);
    }

    private Sweeper.Builder sweeper() {
        return Sweeper.builder().stateDirectory(state);
    }

    @Test
    void sweep_dead_tellsWhoseItWasAndWhatWasDone() throws IOException {
        SweepReport report = sweeper().build().sweep();

        assertThat(report.directory()).isEqualTo(journals);
        assertThat(report.count(SweepReport.State.SWEPT)).isOne();
        assertThat(report.omitted()).isZero();
        SweepReport.Journal swept = report.journals().get(0);
        assertThat(swept.id()).isEqualTo(ID);
        assertThat(swept.pid()).hasValue(journal.process.pid);
        assertThat(swept.host()).isEqualTo(journal.process.host);
        assertThat(swept.program()).isEqualTo("Program");
        assertThat(swept.startedAt().orElseThrow().toEpochMilli()).isEqualTo(journal.process.startedMillis);
        assertThat(swept.reason()).isEmpty();
        SweepReport.Item item = swept.items().get(0);
        assertThat(item.action()).isEqualTo("delete tree");
        assertThat(item.target()).isEqualTo(tree.toString());
        assertThat(item.outcome()).isEqualTo(SweepReport.Outcome.DONE);
        assertThat(tree).doesNotExist();
        assertThat(report.toString())
                .contains("1 SWEPT")
                .contains("DONE delete tree ")
                .contains("tree\\n");
        assertThat(sweeper().build().sweep().journals()).isEmpty();
    }

    @Test
    void list_deadAndLiving_tellsWhatTheyOweAndChangesNothing() throws IOException {
        SweepReport dead = sweeper().build().list();
        assertThat(dead.count(SweepReport.State.LEFT)).isOne();
        assertThat(dead.journals().get(0).items().get(0).outcome()).isEqualTo(SweepReport.Outcome.OWED);
        try (HeldFile held = LockFile.tryHoldQuietly(journals.resolve(ID + ".lock"))) {
            assertThat(held).isNotNull();
            assertThat(sweeper().build().list().count(SweepReport.State.ALIVE)).isOne();
        }
        assertThat(tree).exists();
        assertThat(journals.resolve(ID + ".journal")).hasBinaryContent(journal.bytes());
    }

    @Test
    void sweep_dryRun_tellsWhatItWouldDo() throws IOException {
        SweepReport report = sweeper()
                .dryRun(true)
                .runCommands(true)
                .otherHosts(true)
                .build()
                .sweep();
        assertThat(report.journals().get(0).items().get(0).outcome()).isEqualTo(SweepReport.Outcome.OWED);
        assertThat(tree).exists();
    }

    @Test
    void sweep_directoryOfEverybody_isRefused() throws IOException {
        Files.setPosixFilePermissions(journals, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> sweeper().build().sweep())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("may be written to by others");
        assertThat(tree).exists();
    }

    @Test
    void builder_null_isRefused() {
        assertThatThrownBy(() -> Sweeper.builder().stateDirectory(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("directory");
    }
}
