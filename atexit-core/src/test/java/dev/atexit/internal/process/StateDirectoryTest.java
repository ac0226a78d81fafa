package dev.atexit.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path directory;

    private final String home = System.getProperty("user.home");
    private final String temporary = System.getProperty("java.io.tmpdir");

    @BeforeEach
    void noneOfTheUsersOwn() {
        System.setProperty("user.home", directory.resolve("home").toString());
        System.setProperty("java.io.tmpdir", directory.toString());
    }

    @AfterEach
    void restore() {
        System.setProperty("user.home", home);
        System.setProperty("java.io.tmpdir", temporary);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void part_sources_comeInTheirOrder() throws IOException {
        String property = directory.resolve("p").toString();
        String variable = directory.resolve("v").toString();
        String xdg = directory.resolve("x").toString();
        assertThat(StateDirectory.part("locks", property, variable, xdg)).isEqualTo(directory.resolve("p/locks"));
        assertThat(StateDirectory.part("locks", null, variable, xdg)).isEqualTo(directory.resolve("v/locks"));
        assertThat(StateDirectory.part("locks", " ", "", xdg)).isEqualTo(directory.resolve("x/atexit/locks"));
        Path inHome = directory.resolve("home/.local/state/atexit/locks");
        assertThat(StateDirectory.part("locks", null, null, null)).isEqualTo(inHome);
        assertThat(StateDirectory.part("locks", null, null, "relative")).isEqualTo(inHome);
        assertThat(permissions(inHome)).isEqualTo("rwx------");
    }

    @Test
    void part_namedByTheOperatorAndUnusable_isRefusedWithItsSource() throws IOException {
        assertThatThrownBy(() -> StateDirectory.part("locks", "relative", null, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("system property atexit.state.dir must be an absolute path");
        Path file = Files.createFile(directory.resolve("file"));
        assertThatThrownBy(() -> StateDirectory.part("locks", null, file.toString(), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("environment variable ATEXIT_STATE_DIR cannot be used: " + file);
    }

    @Test
    void part_noHome_isOneOfThisUsersInTheTemporaryDirectory() throws IOException {
        Files.createFile(directory.resolve("home"));
        Path part = StateDirectory.part("locks", null, null, null);
        assertThat(part.getParent().getParent()).isEqualTo(directory);
        assertThat(permissions(part.getParent())).isEqualTo("rwx------");
        assertThat(StateDirectory.part("locks", null, null, null)).isEqualTo(part);
    }

    @Test
    void part_temporaryOneOpenToOthersOrALink_isRefused() throws IOException {
        Files.createFile(directory.resolve("home"));
        Path own = StateDirectory.part("locks", null, null, null).getParent();
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> StateDirectory.part("locks", null, null, null))
                .hasMessageContaining("is not a directory of this user's with mode 0700");
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(own, elsewhere);
        Files.createSymbolicLink(own, elsewhere);
        assertThatThrownBy(() -> StateDirectory.part("locks", null, null, null))
                .hasMessageContaining("is not a directory of this user's");
    }

    @Test
    void part_temporaryOneOfAnotherUser_isRefused() throws IOException {
        Files.createFile(directory.resolve("home"));
        Path own = StateDirectory.part("locks", null, null, null).getParent();
        assertThat(own.getFileName()).hasToString("atexit-" + Files.getAttribute(own, "unix:uid"));
        assumeTrue(Files.getAttribute(own, "unix:uid").equals(0), "only root can give a directory away");
        Files.setAttribute(own, "unix:uid", 65_534);
        assertThatThrownBy(() -> StateDirectory.part("locks", null, null, null))
                .hasMessageContaining("is not a directory of this user's");
    }

    @Test
    void part_asTheBuildNamesIt_isThere() throws IOException {
        assertThat(StateDirectory.part("locks")).isDirectory().hasFileName("locks");
    }
}
