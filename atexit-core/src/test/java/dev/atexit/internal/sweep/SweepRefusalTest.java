package dev.atexit.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.internal.journal.JournalBytes;
import dev.atexit.internal.process.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is not certainly this user's own is not opened. */
@Timeout(60)
class SweepRefusalTest {
    private static final String ID = SweepTest.ID;

    @TempDir
    Path directory;

    private Path journals;
    private Path tree;
    private Path journal;
    private Path lock;

    @BeforeEach
    void oneJournal() throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        journals = Files.createDirectory(directory.resolve("journals"), owner);
        tree = Files.createDirectory(directory.resolve("tree"));
        JournalBytes bytes = new JournalBytes();
        bytes.intend(JournalBytes.made(tree));
        journal = bytes.write(journals, ID);
        lock = journals.resolve(ID + ".lock");
    }

    private void assertRefused(String reason) throws IOException {
        List<SweptJournal> swept = SweepTest.sweep(journals, SweepTest.PLAIN, Here.find());
        assertThat(swept).hasSize(1);
        assertThat(swept.get(0).state()).isEqualTo(SweptJournal.State.REFUSED);
        assertThat(swept.get(0).reason()).contains(reason);
        assertThat(swept.get(0).header()).isNull();
        assertThat(tree).exists();
        assertThat(Files.exists(journal, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    private void assertDirectoryRefused(Path refused, String reason) {
        assertThatThrownBy(() -> SweepTest.sweep(refused, SweepTest.PLAIN, Here.find()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(reason);
        assertThat(tree).exists();
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static void giveAway(Path path) throws IOException {
        assumeTrue(Host.uid() == 0, "only the superuser can give a file away");
        Files.setAttribute(path, "unix:uid", 12345);
    }

    private static void makePipe(Path path) throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", path.toString()).start();
        assumeTrue(mkfifo.waitFor(10, TimeUnit.SECONDS) && mkfifo.exitValue() == 0, "there is no mkfifo here");
    }

    @Test
    void journal_mayBeWrittenByOthers_isRefused() throws IOException {
        permit(journal, "rw--w----");
        assertRefused("written to by others");
        permit(journal, "rw-----w-");
        assertRefused("written to by others");
    }

    @Test
    void journal_ofAnotherUser_isRefused() throws IOException {
        giveAway(journal);
        assertRefused("another user");
    }

    @Test
    void journal_thatSaysItIsAnotherUsers_isRefused() throws IOException {
        Files.delete(journal);
        JournalBytes bytes = new JournalBytes();
        bytes.uid = 12345;
        bytes.intend(JournalBytes.made(tree));
        JournalBytes.create(journal, bytes.bytes());
        List<SweptJournal> swept = SweepTest.sweep(journals, SweepTest.PLAIN, Here.find());
        assertThat(swept.get(0).state()).isEqualTo(SweptJournal.State.REFUSED);
        assertThat(tree).exists();
    }

    @Test
    void journal_linksAndOtherThings_areRefused() throws Exception {
        Path moved = Files.move(journal, directory.resolve("moved"));
        Files.createSymbolicLink(journal, moved);
        assertRefused("symbolic link");
        Files.delete(journal);
        Files.createLink(journal, moved);
        assertRefused("hard link");
        Files.delete(journal);
        Files.createDirectory(journal);
        assertRefused("is not a file");
        Files.delete(journal);
        makePipe(journal);
        assertRefused("is not a file");
    }

    @Test
    void journal_withoutALock_isRefusedForTheSameReasons() throws IOException {
        Files.delete(lock);
        permit(journal, "rw-rw-rw-");
        assertRefused("written to by others");
    }

    @Test
    void journal_garbage_isRefusedAndKept() throws IOException {
        Files.write(journal, new byte[100]);
        assertRefused("is no journal");
        byte[] bytes = new JournalBytes().bytes();
        bytes[8] = 77;
        Files.write(journal, bytes);
        assertRefused("version 77");
        bytes[8] = 1;
        bytes[30] ^= 1;
        Files.write(journal, bytes);
        assertRefused("damaged header");
    }

    @Test
    void lock_ofWhateverWrongKind_isRefused() throws Exception {
        permit(lock, "rw-rw-rw-");
        assertRefused("written to by others");
        permit(lock, "rw-------");
        Path moved = Files.move(lock, directory.resolve("moved"));
        Files.createSymbolicLink(lock, moved);
        assertRefused("symbolic link");
        Files.delete(lock);
        Files.createLink(lock, moved);
        assertRefused("hard link");
        Files.delete(lock);
        makePipe(lock);
        assertRefused("is not a file");
        Files.delete(lock);
        Files.move(moved, lock);
        giveAway(lock);
        assertRefused("another user");
    }

    @Test
    void directory_thatOthersCanChange_isRefused() throws IOException {
        permit(journals, "rwxrwx---");
        assertDirectoryRefused(journals, "written to by others");
        permit(journals, "rwx------");
        permit(directory, "rwxrwxrwx");
        assertDirectoryRefused(journals, "written to by everybody");
        permit(directory, "rwx------");
        Path link = Files.createSymbolicLink(directory.resolve("link"), journals);
        assertDirectoryRefused(link, "symbolic link");
        Path other = Files.createSymbolicLink(directory.resolve("other"), directory);
        assertDirectoryRefused(other.resolve("journals"), "symbolic link");
        assertDirectoryRefused(journal, "is not a directory");
        assertThat(SweepTest.sweep(directory.resolve("missing"), SweepTest.PLAIN, Here.find()))
                .isEmpty();
    }

    @Test
    void directory_ofAnotherUser_isRefused() throws IOException {
        giveAway(journals);
        assertDirectoryRefused(journals, "another user");
        Files.setAttribute(journals, "unix:uid", 0);
        giveAway(directory);
        assertDirectoryRefused(journals, "another user");
    }

    @Test
    void oneRefused_others_areSweptAllTheSame() throws IOException {
        permit(journal, "rw-rw-rw-");
        Path other = Files.createDirectory(directory.resolve("other"));
        JournalBytes bytes = new JournalBytes();
        bytes.intend(JournalBytes.made(other));
        bytes.write(journals, SweepTest.OTHER_ID);
        assertThat(SweepTest.sweep(journals, SweepTest.PLAIN, Here.find()))
                .extracting(SweptJournal::state)
                .containsExactlyInAnyOrder(SweptJournal.State.REFUSED, SweptJournal.State.SWEPT);
        assertThat(other).doesNotExist();
        assertThat(tree).exists();
    }
}
