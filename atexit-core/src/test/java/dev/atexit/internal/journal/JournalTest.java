package dev.atexit.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";
    private static final String RANDOM = "00112233445566778899aabbccddeeff";
    private static final RecordedFile PARENT = new RecordedFile(7, 8, 9, true);

    @TempDir
    Path directory;

    private Journal journal;

    @BeforeEach
    void create() throws IOException {
        journal = new Journal(Journal.create(directory, ID, Header.own(), false), false);
    }

    private static Action.Delete tree(String path) {
        int random = path.endsWith(RANDOM) ? RANDOM.length() : 0;
        return new Action.Delete(true, Path.of(path), PARENT, null, random == 0 ? 0 : 5, random);
    }

    private List<JournalEntry> read() throws IOException {
        JournalImage image = JournalReader.read(Files.readAllBytes(Journal.file(directory, ID)));
        assertThat(image.refusal).isEmpty();
        List<JournalEntry> entries = new ArrayList<>();
        for (JournalEntry entry = image.next(); entry != null; entry = image.next()) {
            entries.add(entry);
        }
        assertThat(image.damaged()).as(() -> image.notes().toString()).isZero();
        return entries;
    }

    private List<String> readPaths() throws IOException {
        List<String> paths = new ArrayList<>();
        for (JournalEntry entry : read()) {
            paths.add(((Action.Delete) entry.action).path.toString());
        }
        return paths;
    }

    @Test
    void create_always_isItsOwnersOnly() throws IOException {
        assertThat(Files.getPosixFilePermissions(Journal.file(directory, ID)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void header_read_saysWhoseItIs() throws IOException {
        JournalImage image = JournalReader.read(Files.readAllBytes(Journal.file(directory, ID)));

        assertThat(image.header.process.pid).isEqualTo(ProcessHandle.current().pid());
        assertThat(image.header.process.exact).isEqualTo(Header.own().process.exact);
        assertThat(image.header.boot).isEqualTo(Header.own().boot);
        assertThat(image.header.mounts).isEqualTo(Header.own().mounts);
        assertThat(image.tries).isZero();
    }

    @Test
    void intend_written_isReadBackWhole() throws IOException {
        journal.intend(tree("/tmp/work-" + RANDOM));

        Action.Delete read = (Action.Delete) read().get(0).action;
        assertThat(read.tree).isTrue();
        assertThat(read.path).isEqualTo(Path.of("/tmp/work-" + RANDOM));
        assertThat(read.parent).usingRecursiveComparison().isEqualTo(PARENT);
        assertThat(read.made).isNull();
        assertThat(read.randomFrom).isEqualTo(5);
        assertThat(read.randomLength).isEqualTo(32);
    }

    @Test
    void made_written_belongsToItsIntent() throws IOException {
        long first = journal.intend(tree("/tmp/a"));
        journal.intend(tree("/tmp/b"));
        journal.made(first, new RecordedFile(1, 2, 3, true));

        List<JournalEntry> read = read();

        assertThat(((Action.Delete) read.get(0).action).made).isNull();
        assertThat(((Action.Delete) read.get(1).action).made)
                .usingRecursiveComparison()
                .isEqualTo(new RecordedFile(1, 2, 3, true));
    }

    @Test
    void pathsOfBytes_written_areReadBackToTheByte() throws IOException {
        Path odd = Path.of(URI.create("file:///tmp/a%0Ab%ff%C3%A9%25%1b"));

        journal.intend(new Action.Delete(false, odd, null, PARENT, 0, 0));

        assertThat(((Action.Delete) read().get(0).action).path.toUri()).isEqualTo(odd.toUri());
    }

    @Test
    void pidFileCommandAndGroup_written_areReadBack() throws IOException {
        Action.RemovePidFile pidFile =
                new Action.RemovePidFile(Path.of("/run/a.pid"), PARENT, null, 4711, Path.of("/run/.x.tmp"));
        Action.Run run = new Action.Run(List.of("rm", "-f", "", "ä b"), Path.of("/"), 5_000_000_000L);

        journal.intend(new Action.Group(List.of(pidFile, run)));

        Action.Group group = (Action.Group) read().get(0).action;
        assertThat(group.actions.get(0)).usingRecursiveComparison().isEqualTo(pidFile);
        assertThat(group.actions.get(1)).usingRecursiveComparison().isEqualTo(run);
    }

    @Test
    void entries_several_areReadNewestFirst() throws IOException {
        journal.intend(tree("/tmp/a"));
        long second = journal.intend(tree("/tmp/b"));
        journal.intend(tree("/tmp/c"));
        journal.strikeOut(second);
        journal.intend(tree("/tmp/d"));

        assertThat(readPaths()).containsExactly("/tmp/d", "/tmp/c", "/tmp/a");
    }

    @Test
    void strikeOut_ofALongOne_leavesNothingThatLooksLikeARecord() throws IOException {
        long ticket = journal.intend(tree("/tmp/" + "x".repeat(3000)));
        ticket = journal.made(ticket, PARENT);

        journal.strikeOut(ticket);

        assertThat(read()).isEmpty();
        assertThat(journal.live()).isZero();
    }

    @Test
    void file_manyMadeAndStruckOut_keepsItsSize() throws IOException {
        long before = journal.size();
        for (int i = 0; i < 200_000; i++) {
            long ticket = journal.intend(tree("/tmp/" + "y".repeat(i % 300) + i));
            journal.strikeOut(journal.made(ticket, PARENT));
        }

        assertThat(journal.size()).isEqualTo(before);
        assertThat(Files.size(Journal.file(directory, ID))).isEqualTo(before);
    }

    @Test
    void file_full_growsWithAllThatWasInIt() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            expected.add(0, "/tmp/" + i);
            assertThat(journal.intend(tree("/tmp/" + i))).isNotZero();
        }

        assertThat(readPaths()).isEqualTo(expected);
        assertThat(journal.takeTrouble()).isNull();
    }

    @Test
    void grow_interrupted_keepsTheInterrupt() {
        Thread.currentThread().interrupt();
        long written = 1;
        for (int i = 0; i < 3_000 && written != 0; i++) {
            written = journal.intend(tree("/tmp/" + i));
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(written).isNotZero();
    }

    @Test
    void grow_fileIsGone_saysSoOnceAndKeepsWhatIsThere() throws IOException {
        Files.delete(Journal.file(directory, ID));
        long written = 1;
        for (int i = 0; i < 3_000 && written != 0; i++) {
            written = journal.intend(tree("/tmp/" + i));
        }

        assertThat(written).isZero();
        assertThat(journal.takeTrouble()).contains("NoSuchFile");
        assertThat(journal.takeTrouble()).isNull();
        assertThat(Journal.file(directory, ID)).doesNotExist();
    }

    @Test
    void intend_tooLarge_throwsAndWritesNothing() throws IOException {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            arguments.add("x".repeat(1000));
        }

        assertThatThrownBy(() -> journal.intend(new Action.Run(arguments, Path.of("/"), 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too large to be written down");
        assertThat(read()).isEmpty();
    }

    @Test
    void intend_groupsInEachOther_areWrittenAsDeepAsTheyAreRead() throws IOException {
        Action nested = tree("/tmp/a");
        for (int i = 0; i < Layout.MAX_DEPTH; i++) {
            nested = new Action.Group(List.of(nested));
        }
        journal.intend(nested);
        assertThat(read().get(0).action).isInstanceOf(Action.Group.class);

        Action tooDeep = new Action.Group(List.of(nested));
        assertThatThrownBy(() -> journal.intend(tooDeep))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 16 groups");
    }

    @Test
    void done_partsOfAGroup_areReadBackUntilTheyAreStruckOut() throws IOException {
        long other = journal.intend(tree("/other"));
        long group = journal.intend(new Action.Group(List.of(tree("/a"), tree("/b"), tree("/c"))));
        long first = journal.done(group, 0);
        long last = journal.done(group, 2);

        JournalEntry entry = read().get(0);
        assertThat(entry.isDone(0)).isTrue();
        assertThat(entry.isDone(1)).isFalse();
        assertThat(entry.isDone(2)).isTrue();
        assertThat(read().get(1).isDone(0)).isFalse();

        journal.strikeOut(group);
        assertThat(readPaths()).containsExactly("/other");
        journal.strikeOutDone(first);
        journal.strikeOutDone(last);
        assertThat(readPaths()).containsExactly("/other");
        journal.strikeOut(other);
        assertThat(journal.closeIfEmpty()).isTrue();
    }

    @Test
    void closeIfEmpty_somethingOwed_staysOpen() {
        long ticket = journal.intend(tree("/tmp/a"));

        assertThat(journal.closeIfEmpty()).isFalse();
        journal.strikeOut(ticket);
        assertThat(journal.closeIfEmpty()).isTrue();
        assertThat(journal.intend(tree("/tmp/b"))).isZero();
        assertThat(journal.isClosed()).isTrue();
    }
}
