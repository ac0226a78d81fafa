package dev.atexit.process.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mounts in a tree, in a mount namespace of their own. */
class MountTest {
    @TempDir
    Path directory;

    private Deletion deletion;

    @BeforeEach
    void needMounts() throws IOException {
        deletion = new Deletion(directory);
        deletion.shell(
                "mkdir source probe; mkdir -p source/in/it; echo p > source/in/it/precious; echo f > source/file");
        assumeTrue(
                deletion.can("unshare -m mount --bind source probe"),
                "mounting needs root, and a container that allows it");
    }

    /** Runs a script where it can mount. */
    private List<String> unshared(String script) throws IOException {
        return deletion.shell("unshare -m sh -ec '" + script.replace("'", "'\\''") + "'");
    }

    private String delete(String path) {
        return deletion.java("", "delete", path);
    }

    private void assertSourceUntouched() throws IOException {
        assertThat(directory.resolve("source/in/it/precious")).hasContent("p");
        assertThat(directory.resolve("source/file")).hasContent("f");
    }

    @Test
    void delete_bindMountOfTheSameFileSystem_isLeftAloneAndTheRestGoes() throws IOException {
        List<String> said = unshared("mkdir -p tree/a/mount tree/b; echo x > tree/a/x; echo x > tree/b/x\n"
                + "mount --bind source tree/a/mount\n" + delete("tree"));
        assertThat(said)
                .containsExactly("failed", directory.resolve("tree/a/mount") + ": is a mount point: left alone");
        assertSourceUntouched();
        assertThat(deletion.exists("tree/a/mount")).isTrue();
        assertThat(deletion.exists("tree/a/x")).isFalse();
        assertThat(deletion.exists("tree/b")).isFalse();
    }

    @Test
    void delete_fileMountedOnAFile_isLeftAlone() throws IOException {
        List<String> said = unshared(
                "mkdir -p tree/a; echo x > tree/a/file\nmount --bind source/file tree/a/file\n" + delete("tree"));
        assertThat(said).containsExactly("failed", directory.resolve("tree/a/file") + ": is a mount point: left alone");
        assertSourceUntouched();
    }

    @Test
    void delete_anotherFileSystem_isLeftAlone() throws IOException {
        List<String> said = unshared(
                "mkdir -p tree/a; mount -t tmpfs none tree/a; echo x > tree/a/x\n" + delete("tree") + "\ncat tree/a/x");
        assertThat(said).containsExactly("failed", directory.resolve("tree/a") + ": is a mount point: left alone", "x");
    }

    @Test
    void delete_rootIsAMountPoint_isLeftAlone() throws IOException {
        List<String> said = unshared("mkdir tree; mount --bind source tree\n" + delete("tree"));
        assertThat(said).containsExactly("failed", directory.resolve("tree") + ": is a mount point: left alone");
        assertSourceUntouched();
    }

    @Test
    void delete_treeOnAMountOfItsOwn_isGone() throws IOException {
        List<String> said = unshared("mkdir m; mount -t tmpfs none m; mkdir -p m/tree/a/b; echo x > m/tree/a/x\n"
                + delete("m/tree") + "\nls m");
        assertThat(said).containsExactly("deleted");
    }

    @Test
    void delete_mountPointWithAnOddName_isKnownByName() throws IOException {
        List<String> said = unshared("""
                n=$(printf 'a \\t\\\\ \\303\\274 \\377b\\nc')
                mkdir -p "tree/$n/m"; mount --bind source "tree/$n/m"
                """ + delete("tree"));
        assertThat(said).hasSizeGreaterThanOrEqualTo(2);
        assertThat(said.get(said.size() - 1)).endsWith("/m: is a mount point: left alone");
        assertSourceUntouched();
    }

    @Test
    void delete_mountFarDown_isLeftAlone() throws IOException {
        List<String> said = unshared("""
                p=tree; i=0
                while [ $i -lt 80 ]; do p=$p/d; i=$((i + 1)); done
                mkdir -p $p/m; echo x > $p/x; mount --bind source $p/m
                """ + delete("tree"));
        assertThat(said).hasSize(2);
        assertThat(said.get(1))
                .contains(": is a mount point: left alone (was moved up from " + directory + "/tree/d/d/d");
        assertSourceUntouched();
    }

    /** Where the parent may not be written, only the mount table tells. */
    @Test
    void delete_mountInADirectoryOfSomebodyElse_isLeftAlone() throws IOException {
        assumeTrue(deletion.can("setpriv --reuid=65534 --clear-groups true"), "another user needs setpriv");
        List<String> said = unshared("mkdir -p tree/theirs/mount tree/theirs/ours/in; echo x > tree/theirs/ours/in/x\n"
                + "chown -R 65534 tree source; chown 0 tree/theirs\n"
                + "mount --bind source tree/theirs/mount\nsetpriv --reuid=65534 --clear-groups " + delete("tree"));
        assertThat(said)
                .containsExactlyInAnyOrder(
                        "failed",
                        directory.resolve("tree/theirs/mount") + ": is a mount point: left alone",
                        directory.resolve("tree/theirs/ours") + ": access denied");
        assertSourceUntouched();
        assertThat(deletion.exists("tree/theirs/ours")).isTrue();
        assertThat(deletion.exists("tree/theirs/ours/in")).isFalse();
    }

    @Test
    void delete_mountedWhileItIsDeleted_isNotEntered() throws Exception {
        Attacker.assumePython();
        List<String> said = unshared(deletion.java("", "mounts", ". 200"));
        assumeTrue(!said.contains("cannot mount"), "the attacker cannot mount");
        assertThat(said).containsExactly("untouched");
    }
}
