package dev.atexit.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.process.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars of other versions of the library go when nobody has had them for a month. */
class GuardianJarsTest {
    @TempDir
    private Path directory;

    private Path jars;
    private Path journals;

    @BeforeEach
    void create() throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        jars = Files.createDirectory(directory.resolve(GuardianJars.DIRECTORY), owner);
        journals = Files.createDirectory(directory.resolve("journals"), owner);
    }

    private Path file(String name, int daysOld) throws IOException {
        Path file = Files.writeString(jars.resolve(name), "jar");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(daysOld, ChronoUnit.DAYS)));
        return file;
    }

    private void sweep(SweepOptions options) throws IOException {
        assertThat(SweepTest.sweep(journals, options, Here.find())).isEmpty();
    }

    @Test
    void sweep_jarThatNobodyHasHadForAMonth_isDeleted() throws IOException {
        Path old = file("guardian-0123456789abcdef.jar", 31);
        Path used = file("guardian-fedcba9876543210.jar", 29);
        sweep(SweepTest.PLAIN);
        assertThat(old).doesNotExist();
        assertThat(used).exists();
    }

    @Test
    void sweep_whatIsNoJarOfAGuardian_isLeftAlone() throws IOException {
        Path notes = file("notes.txt", 400);
        Path other = file("guardian-mine.jar", 400);
        Path linked = file("guardian-0123456789abcdef.jar", 400);
        Files.createLink(directory.resolve("second name"), linked);
        Path link = Files.createSymbolicLink(jars.resolve("guardian-fedcba9876543210.jar"), notes);
        sweep(SweepTest.PLAIN);
        assertThat(notes).exists();
        assertThat(other).exists();
        assertThat(linked).exists();
        assertThat(link).isSymbolicLink();
    }

    @Test
    void sweep_dry_deletesNone() throws IOException {
        Path old = file("guardian-0123456789abcdef.jar", 31);
        sweep(SweepOptions.of(true, false, false, 100));
        sweep(SweepOptions.list(100));
        assertThat(old).exists();
    }

    @Test
    void sweep_directoryThatOthersMayWriteTo_isLeftAlone() throws IOException {
        Path old = file("guardian-0123456789abcdef.jar", 31);
        Files.setPosixFilePermissions(jars, PosixFilePermissions.fromString("rwxrwxrwx"));
        sweep(SweepTest.PLAIN);
        assertThat(old).exists();
    }

    @Test
    void deleteUnused_noDirectory_doesNothing() {
        GuardianJars.deleteUnused(directory.resolve("none"), Host.uid());
        assertThat(directory.resolve("none")).doesNotExist();
    }
}
