package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File systems that are full or read-only. */
class DiskTest {
    private static final String PREFIX = "[atexit] ";

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
}
