package dev.atexit.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.journal.Action;
import dev.atexit.internal.journal.JournalBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    static final String ID = "0123456789abcdef0123456789abcdef";
    static final SweepOptions PLAIN = SweepOptions.of(false, false, false, 100);

    @TempDir
    Path directory;

    Path journals;
    Path work;

    @BeforeEach
    void directories() throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        journals = Files.createDirectory(directory.resolve("journals"), owner);
        work = Files.createDirectory(directory.resolve("work"), owner);
    }

    static List<SweptJournal> sweep(Path journals, SweepOptions options, Here here) throws IOException {
        List<SweptJournal> swept = new ArrayList<>();
        new Sweep(journals, options, here, swept::add).run();
        return swept;
    }

    SweptJournal sweepOne(SweepOptions options) throws IOException {
        List<SweptJournal> swept = sweep(journals, options, Here.find());
        assertThat(swept).hasSize(1);
        return swept.get(0);
    }

    Path tree(String name) throws IOException {
        Path tree = Files.createDirectory(work.resolve(name));
        Files.createDirectories(tree.resolve("a/b"));
        Files.writeString(tree.resolve("a/file"), "x");
        return tree;
    }

    @Test
    void sweep_madeTreesAndFiles_areDeletedWithTheJournal() throws IOException {
        Path tree = tree("tree");
        Path file = Files.writeString(work.resolve("file"), "x");
        Path other = Files.writeString(work.resolve("other"), "x");
        JournalBytes journal = new JournalBytes();
        long intent = journal.intend(new Action.Delete(true, tree, JournalBytes.recorded(work), null, 0, 0));
        journal.made(intent, JournalBytes.recorded(tree));
        journal.intend(JournalBytes.made(file));
        journal.write(journals, ID);

        SweptJournal swept = sweepOne(PLAIN);

        assertThat(swept.state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(swept.items()).extracting(item -> item.target).containsExactly(file.toString(), tree.toString());
        assertThat(swept.items()).extracting(item -> item.outcome).containsOnly(Outcome.DONE);
        assertThat(tree).doesNotExist();
        assertThat(file).doesNotExist();
        assertThat(other).exists();
        assertThat(journals).isEmptyDirectory();
    }

    @Test
    void sweep_replacedFile_isLeftAlone() throws IOException {
        Path file = Files.writeString(work.resolve("file"), "x");
        JournalBytes journal = new JournalBytes();
        journal.intend(JournalBytes.made(file));
        journal.write(journals, ID);
        Files.delete(file);
        Files.writeString(work.resolve("between"), "x");
        Files.writeString(file, "somebody else's");

        SweptJournal swept = sweepOne(PLAIN);

        assertThat(swept.state()).isEqualTo(SweptJournal.State.SWEPT);
        assertThat(swept.items().get(0).outcome).isEqualTo(Outcome.LEFT_ALONE);
        assertThat(file).hasContent("somebody else's");
        assertThat(journals).isEmptyDirectory();
    }
}
