package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File systems that are full, read-only, in memory, or give inode numbers out again. */
class DiskTest {
    private static final String PREFIX = "[atexit] ";
    private static final int MOST_TRIES = 20_000;

    @TempDir
    private Path directory;

    private Scene scene;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(directory);
    }

    private void needMounts() throws Exception {
        assumeTrue(
                scene.can("mkdir -p probe; unshare -m mount -t tmpfs none probe"),
                "mounting needs root, and a container that allows it");
    }

    /** Runs a script where it can mount. */
    private List<String> unshared(String script) throws Exception {
        Files.createDirectories(scene.state);
        return scene.shell("unshare -m sh -ec '" + script.replace("'", "'\\''") + "'");
    }

    private String orderlyDebtor() {
        return "echo exit | " + scene.debtor("one", "-Datexit.guardian=false");
    }

    private void assertSaidOnce(List<String> said) throws Exception {
        assertThat(said).hasSize(2).contains(Child.READY);
        assertThat(said).anySatisfy(line -> assertThat(line).startsWith(PREFIX));
        assertThat(scene.left()).isEmpty();
    }

    @Test
    void stateDirectory_onAFullDisk_isDoneWithout() throws Exception {
        needMounts();
        assertSaidOnce(unshared("mount -t tmpfs -o size=64k none " + scene.state + "\n" + "dd if=/dev/zero of="
                + scene.state + "/filler bs=4k 2>/dev/null || true\n" + orderlyDebtor()));
    }

    @Test
    void stateDirectory_readOnly_isDoneWithout() throws Exception {
        needMounts();
        assertSaidOnce(unshared("mount -t tmpfs -o ro none " + scene.state + "\n" + orderlyDebtor()));
    }

    @Test
    void stateDirectory_thatWasUsedAndIsReadOnlyNow_isDoneWithout() throws Exception {
        needMounts();
        assertSaidOnce(unshared("mount -t tmpfs none " + scene.state + "\nmkdir -m 700 " + scene.journals
                + "\nmount -o remount,ro " + scene.state + "\n" + orderlyDebtor()));
    }

    /** The disk gets full while the journal grows: what was written down before still counts. */
    @Test
    void journal_growsUntilTheDiskIsFull_goesOnWithoutIt() throws Exception {
        needMounts();
        String many = scene.debtor("many", "-Datexit.guardian=false").replace("'3' ", "'500' ");
        List<String> said = unshared("mount -t tmpfs -o size=160k none " + scene.state + "\necho exit | " + many);
        assertSaidOnce(said);
    }

    @Test
    void stateDirectory_inMemory_isSweptAsAnyOther() throws Exception {
        needMounts();
        List<String> said = unshared("mount -t tmpfs none " + scene.state + "\n"
                + scene.debtor("one", "-Datexit.guardian=false") + "</dev/null || test $? = " + Debtor.HALTED + "\n"
                + scene.sweeper() + "\nls " + scene.journals);
        assertThat(scene.left()).as("%s", said).isEmpty();
    }

    private static Object inode(Path path) throws IOException {
        return Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
    }

    /** Makes others until one has this number, and gives that one the name. */
    private void takeNameAndInode(Path path, Object inode, boolean directory) throws Exception {
        List<Path> others = new ArrayList<>();
        boolean taken = false;
        while (!taken && others.size() < MOST_TRIES) {
            Path other = scene.files.resolve("other-" + others.size());
            if (directory) {
                Files.createDirectory(other);
            } else {
                Files.writeString(other, "precious");
            }
            taken = inode(other).equals(inode);
            if (taken) {
                Files.move(other, path);
            } else {
                others.add(other);
            }
        }
        scene.shell("rm -rf " + scene.files + "/other-*");
        assumeTrue(taken, "this file system does not give inode numbers out again");
    }

    /** Only its time tells it from the one that was recorded. */
    @Test
    void file_whoseNameAndInodeAreSomebodyElsesNow_isLeftAlone() throws Exception {
        scene.owe("victim");
        Path file = scene.someFile();
        Object inode = inode(file);
        Files.delete(file);
        takeNameAndInode(file, inode, false);
        scene.sweep();
        assertThat(file).hasContent("precious");
        assertThat(scene.left()).containsExactly(file.getFileName().toString());
    }

    @Test
    void tree_whoseNameAndInodeAreSomebodyElsesNow_isLeftAlone() throws Exception {
        scene.owe("victim");
        Path tree = scene.someTree();
        Object inode = inode(tree);
        scene.shell("rm -r " + tree);
        takeNameAndInode(tree, inode, true);
        Files.writeString(tree.resolve("file"), "precious");
        scene.sweep();
        assertThat(tree.resolve("file")).hasContent("precious");
        assertThat(scene.left()).containsExactly(tree.getFileName().toString());
    }
}
