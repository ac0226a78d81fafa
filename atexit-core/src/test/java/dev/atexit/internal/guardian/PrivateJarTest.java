package dev.atexit.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateJarTest {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final int SOMEBODY = 12345;

    @TempDir
    private Path directory;

    @BeforeEach
    void ours() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "there is a guardian only where there is /proc");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void install_nothingThere_makesAJarOfTheProgramAndWhatItNeeds() throws IOException {
        Path jar = PrivateJar.install(directory);
        assertThat(files()).containsExactly(jar);
        assertThat(Files.getPosixFilePermissions(jar)).isEqualTo(OWNER_ONLY);
        Map<String, byte[]> found = new LinkedHashMap<>();
        try (JarFile read = new JarFile(jar.toFile())) {
            for (JarEntry entry : read.stream().toList()) {
                found.put(entry.getName(), read.getInputStream(entry).readAllBytes());
            }
        }
        Map<String, byte[]> expected = ClassClosure.of(GuardianMain.class, "dev/atexit/");
        assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
        found.forEach((name, content) -> assertThat(content).as(name).isEqualTo(expected.get(name)));
    }

    @Test
    void install_again_leavesTheJarAsItIs() throws IOException {
        Path jar = PrivateJar.install(directory);
        Object key = Files.getAttribute(jar, "unix:ino");
        assertThat(PrivateJar.install(directory)).isEqualTo(jar);
        assertThat(Files.getAttribute(jar, "unix:ino")).isEqualTo(key);
    }

    /** Or a sweep would take it for one that nobody has any more. */
    @Test
    void install_again_saysThatItIsInUse() throws IOException {
        Path jar = PrivateJar.install(directory);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        PrivateJar.install(directory);
        assertThat(Files.getLastModifiedTime(jar)).isGreaterThan(FileTime.fromMillis(0));
    }

    @Test
    void keep_jarIsOld_isInUse() throws IOException {
        Path jar = PrivateJar.install(directory);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        PrivateJar.keep(jar);
        assertThat(Files.getLastModifiedTime(jar)).isGreaterThan(FileTime.fromMillis(0));
    }

    @Test
    void keep_jarIsGone_isMadeAnew() throws IOException {
        Path jar = PrivateJar.install(directory);
        byte[] content = Files.readAllBytes(jar);
        Files.delete(jar);
        PrivateJar.keep(jar);
        assertThat(jar).hasBinaryContent(content);
    }

    @Test
    void keep_directoryIsGone_doesNothing() throws IOException {
        Path jar = PrivateJar.install(Files.createDirectory(
                directory.resolve("below"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        Files.delete(jar);
        Files.delete(directory.resolve("below"));
        PrivateJar.keep(jar);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void install_jarIsTorn_isReplaced() throws IOException {
        Path jar = PrivateJar.install(directory);
        byte[] content = Files.readAllBytes(jar);
        Files.write(jar, new byte[content.length]);
        PrivateJar.install(directory);
        assertThat(jar).hasBinaryContent(content);
        assertThat(files()).containsExactly(jar);
    }

    @Test
    void install_jarMayBeWrittenByOthers_isReplaced() throws IOException {
        Path jar = PrivateJar.install(directory);
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
        PrivateJar.install(directory);
        assertThat(Files.getPosixFilePermissions(jar)).isEqualTo(OWNER_ONLY);
    }

    @Test
    void install_linkInItsPlace_isReplacedAndNotFollowed() throws IOException {
        Path jar = PrivateJar.install(directory);
        Path elsewhere = Files.move(jar, directory.resolve("elsewhere"));
        Files.createSymbolicLink(jar, elsewhere);
        PrivateJar.install(directory);
        assertThat(jar).isRegularFile().hasSameBinaryContentAs(elsewhere);
        assertThat(Files.isSymbolicLink(jar)).isFalse();
    }

    @Test
    void install_jarOfAnotherUser_isReplaced() throws IOException {
        Path jar = PrivateJar.install(directory);
        giveAway(jar);
        PrivateJar.install(directory);
        assertThat(Files.getAttribute(jar, "unix:uid")).isNotEqualTo(SOMEBODY);
    }

    @Test
    void install_directoryOfAnotherUser_isRefused() throws IOException {
        giveAway(directory);
        assertThatThrownBy(() -> PrivateJar.install(directory))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(directory + ": belongs to another user");
    }

    @Test
    void install_directoryMayBeWrittenByOthers_isRefused() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx-w----"));
        assertThatThrownBy(() -> PrivateJar.install(directory))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(directory + ": may be written to by others");
        assertThat(files()).isEmpty();
    }

    @Test
    void install_directoryIsALink_isRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), directory);
        assertThatThrownBy(() -> PrivateJar.install(link))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(link + ": is a link");
    }

    private static void giveAway(Path path) throws IOException {
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can give a file away");
        Files.setAttribute(path, "unix:uid", SOMEBODY);
    }
}
