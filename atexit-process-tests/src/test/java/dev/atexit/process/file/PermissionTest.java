package dev.atexit.process.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees that may not be read or written, deleted by somebody who is not root. */
class PermissionTest {
    private static final String NOBODY = "setpriv --reuid=65534 --regid=65534 --clear-groups ";

    @TempDir
    Path directory;

    private Deletion deletion;
    private boolean root;

    @BeforeEach
    void needAnotherUser() throws IOException {
        deletion = new Deletion(directory);
        root = deletion.can("test $(id -u) = 0");
        assumeTrue(!root || deletion.can(NOBODY + "true"), "root is denied nothing, and setpriv does not work");
        // The path to the directory may be closed to others.
        assumeTrue(
                !root || deletion.can(NOBODY + "touch probe"), "another user cannot reach the directory of this test");
    }

    /** Runs a script as a user to whom something can be denied. */
    private List<String> asNobody(String script) throws IOException {
        return deletion.shell((root ? NOBODY : "") + "sh -ec '" + script.replace("'", "'\\''") + "'");
    }

    private String delete(String path) {
        return deletion.java("", "delete", path);
    }

    @Test
    void delete_directoriesThatMayBeReadOnly_areRepairedAndGone() throws IOException {
        List<String> said = asNobody("mkdir -p tree/a/b/c tree/d; touch tree/a/x tree/a/b/x tree/a/b/c/x tree/d/x\n"
                + "chmod 555 tree/a/b/c; chmod 400 tree/d; chmod 555 tree/a/b tree/a; chmod 500 tree\n"
                + delete("tree"));
        assertThat(said).containsExactly("deleted");
        assertThat(deletion.exists("tree")).isFalse();
    }

    @Test
    void delete_unreadableDirectory_isReportedAndTheRestGoes() throws IOException {
        List<String> said = asNobody("mkdir -p tree/a/closed/in tree/b tree/empty; touch tree/a/x tree/b/x\n"
                + "chmod 0 tree/a/closed tree/empty\n" + delete("tree"));
        assertThat(said)
                .containsExactly("failed", directory.resolve("tree/a/closed") + ": cannot be read: access denied");
        assertThat(deletion.exists("tree/a/x")).isFalse();
        assertThat(deletion.exists("tree/b")).isFalse();
        assertThat(deletion.exists("tree/empty")).isFalse();
        deletion.shell("chmod 700 tree/a/closed");
    }

    @Test
    void delete_unreadableRoot_isReported() throws IOException {
        List<String> said = asNobody("mkdir -p tree/in; chmod 300 tree\n" + delete("tree"));
        assertThat(said).containsExactly("failed", directory.resolve("tree") + ": cannot be read: access denied");
        deletion.shell("chmod 700 tree");
    }

    /** It could be deleted by its path; but by then that may be the path of something else. */
    @Test
    void deleteRecorded_directoryThatCannotBeHeldOpen_deletesNothing() throws IOException {
        List<String> said = asNobody("mkdir closed; touch closed/x closed/y; chmod 300 closed\n"
                + deletion.java("", "recorded", "closed/x") + "\n" + delete("closed/y"));
        assertThat(said).containsExactly("left: access denied", "deleted");
        assertThat(deletion.exists("closed/x")).isTrue();
        assertThat(deletion.exists("closed/y")).isFalse();
        deletion.shell("chmod 700 closed");
    }

    @Test
    void delete_linkInADirectoryThatIsRepaired_changesNothingAtItsTarget() throws IOException {
        List<String> said = asNobody("mkdir -p outside tree/a; touch outside/x; ln -s ../../outside tree/a/link\n"
                + "chmod 555 outside tree/a\n" + delete("tree"));
        assertThat(said).containsExactly("deleted");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("outside"))))
                .isEqualTo("r-xr-xr-x");
        assertThat(directory.resolve("outside/x")).exists();
        deletion.shell("chmod 700 outside");
    }

    @Test
    void delete_deepTreeThatMayBeReadOnly_isGone() throws IOException {
        List<String> said = asNobody("""
                p=tree; i=0
                while [ $i -lt 80 ]; do p=$p/d; i=$((i + 1)); done
                mkdir -p $p; touch $p/x
                chmod -R a-w tree
                """ + delete("tree"));
        assertThat(said).containsExactly("deleted");
        assertThat(deletion.exists("tree")).isFalse();
    }

    @Test
    void delete_parentThatMayNotBeRead_isNoHindrance() throws IOException {
        List<String> said = asNobody("mkdir -p parent/tree/a/b parent/link; touch parent/tree/a/x parent/file\n"
                + "chmod 333 parent\n" + delete("parent/tree") + "\n" + delete("parent/file"));
        assertThat(said).containsExactly("deleted", "deleted");
        deletion.shell("chmod 700 parent");
        assertThat(deletion.exists("parent/tree")).isFalse();
    }

    @Test
    void delete_parentThatMayNotBeWritten_treeIsEmptiedAndReported() throws IOException {
        List<String> said =
                asNobody("mkdir -p parent/tree/a/b; touch parent/tree/a/x; chmod 555 parent\n" + delete("parent/tree"));
        assertThat(said).containsExactly("failed", directory.resolve("parent/tree") + ": access denied");
        assertThat(deletion.exists("parent/tree/a")).isFalse();
        deletion.shell("chmod 700 parent");
    }

    @Test
    void exit_manyAreLeft_eachIsNamedUpToABound() throws IOException {
        List<String> said = asNobody("""
                mkdir -p tree
                for i in 1 2 3 4 5; do for j in 1 2 3 4 5; do mkdir -p "tree/a$i	b$j/x"; chmod 0 "tree/a$i	b$j"; done; done
                """ + deletion.java("-Datexit.durable=false", "exit", "tree"));
        assertThat(said).hasSize(22);
        assertThat(said.get(0))
                .isEqualTo("[atexit] temporary path '" + directory.resolve("tree") + "' not deleted, 25 left:");
        assertThat(said.subList(1, 21))
                .allSatisfy(line -> assertThat(line)
                        .startsWith("\t" + directory.resolve("tree") + "/a")
                        .contains("\\tb")
                        .endsWith(": cannot be read: access denied"));
        assertThat(said.get(21)).isEqualTo("\t... 5 more");
        deletion.shell("chmod 700 tree/*");
    }
}
