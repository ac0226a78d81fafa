package dev.atexit.internal.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTableTest {
    private static MountTable table(String... points) {
        StringBuilder lines = new StringBuilder();
        for (String point : points) {
            lines.append("22 27 0:21 / ").append(point).append(" rw,relatime shared:2 - tmpfs tmpfs rw\n");
        }
        return MountTable.parse(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void contains_listedPoint_onlyThat() {
        MountTable table = table("/", "/proc", "/mnt/a");
        assertThat(table.contains(Path.of("/"))).isTrue();
        assertThat(table.contains(Path.of("/mnt/a"))).isTrue();
        assertThat(table.contains(Path.of("/mnt"))).isFalse();
        assertThat(table.contains(Path.of("/mnt/a/b"))).isFalse();
        assertThat(table.contains(Path.of("/mnt/ab"))).isFalse();
    }

    @Test
    void contains_escapedNames_areUnderstood() {
        MountTable table = table("/a\\040b", "/tab\\011", "/new\\012line", "/back\\134slash", "/100%");
        assertThat(table.contains(Path.of("/a b"))).isTrue();
        assertThat(table.contains(Path.of("/tab\t"))).isTrue();
        assertThat(table.contains(Path.of("/new\nline"))).isTrue();
        assertThat(table.contains(Path.of("/back\\slash"))).isTrue();
        assertThat(table.contains(Path.of("/100%"))).isTrue();
        assertThat(table.contains(Path.of("/a\\040b"))).isFalse();
    }

    @Test
    void contains_nameInNoCharset_isComparedByteByByte() {
        MountTable table = table("/x\u00ff\u0080y");
        assertThat(table.contains(Path.of(URI.create("file:///x%FF%80y")))).isTrue();
        assertThat(table.contains(Path.of(URI.create("file:///x%FF%81y")))).isFalse();
    }

    @Test
    void parse_brokenLines_areSkipped() {
        MountTable table = MountTable.parse("\nx\n1 2 3 /\n1 2 3 / /last".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(table.contains(Path.of("/last"))).isTrue();
        assertThat(table.contains(Path.of("/x"))).isFalse();
    }

    @Test
    void isMountPoint_ofThisMachine_findsProc(@TempDir Path directory) throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/mountinfo")), "there is no mount table here");
        assertThat(MountTable.isMountPoint(Path.of("/proc"), Path.of("/proc"))).isTrue();
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/"));
        assertThat(MountTable.isMountPoint(link.resolve("proc"), link.resolve("proc")))
                .isTrue();
    }

    @Test
    void check_whatIsNone_passesAndDoubtDoesNot(@TempDir Path directory) throws Exception {
        assumeTrue(Files.exists(Path.of("/proc/self/mountinfo")), "there is no mount table here");
        IOException doubt = new IOException("doubt");
        MountTable.check(directory, directory.resolve("a"), doubt);
        Path gone = directory.resolve("gone/x");
        assertThat(MountTable.isMountPoint(gone, gone)).isFalse();
        assertThatThrownBy(() -> MountTable.check(gone, gone, doubt)).isSameAs(doubt);
        assertThatThrownBy(() -> MountTable.check(Path.of("/proc"), Path.of("/proc"), doubt))
                .hasMessage("/proc: is a mount point: left alone");
    }
}
