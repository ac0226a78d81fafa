package dev.atexit.process.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.process.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The guardian has its classes with it, however the library was delivered, and whatever became of that since. */
@Execution(ExecutionMode.CONCURRENT)
class PackagingTest {
    /** Longer than the name of the package that it stands for, so that lengths change inside of classes. */
    private static final String SHADED = "com.example.application.shaded.cleanup";

    @TempDir
    private Path directory;

    private Path jar;

    @BeforeAll
    static void needsShells() {
        Shells.assumeTheyExist();
    }

    @BeforeEach
    void place() throws IOException {
        jar = Files.createDirectory(directory.resolve("lib")).resolve("program.jar");
    }

    private ChildJvm.Builder program() {
        return Watched.prepare(directory);
    }

    /** Takes away what the program came in, and kills it. */
    private void assertSurvives(ChildJvm.Builder program, Path delivered) throws Exception {
        try (Watched watched = Watched.start(program, directory)) {
            deleteAll(delivered);
            watched.child().signal("KILL");
            watched.assertGoneAndCleanedUp();
        }
    }

    private static void deleteAll(Path path) throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void kill_plainJar_leavesNothing() throws Exception {
        Packages.plain(jar);
        assertSurvives(program().classPath(jar + File.pathSeparator + ChildJvm.place(GuardianProgram.class)), jar);
    }

    @Test
    void kill_jarInsideAFatJar_leavesNothing() throws Exception {
        Packages.boot(jar);
        ChildJvm.Builder program = ChildJvm.running(Packages.LAUNCHER, directory.toString());
        assertSurvives(Watched.prepare(program, directory).classPath(jar.toString()), jar);
    }

    @Test
    void kill_shadedJarWithOtherPackages_leavesNothing() throws Exception {
        Shading.shade(jar, SHADED);
        String main = GuardianProgram.class.getName().replace("dev.atexit", SHADED);
        ChildJvm.Builder program = ChildJvm.running(main, directory.toString());
        assertSurvives(Watched.prepare(program, directory).classPath(jar.toString()), jar);
    }

    @Test
    void kill_modulePath_leavesNothing() throws Exception {
        Packages.plain(jar);
        ChildJvm.Builder program = program()
                .jvm("--module-path", jar.toString(), "--add-modules", "dev.atexit")
                .classPath(ChildJvm.place(GuardianProgram.class));
        assertSurvives(program, jar);
    }

    @Test
    void kill_imageOfWhatTheModuleRequires_leavesNothing() throws Exception {
        Path image = link();
        try (Watched watched = Watched.start(inImage(image), directory)) {
            watched.child().signal("KILL");
            watched.assertGoneAndCleanedUp();
        }
    }

    @Test
    void kill_imageThatIsGoneByThen_leavesNothingWhereThereIsAnotherJava() throws Exception {
        Path image = link();
        String path = Path.of(System.getProperty("java.home"), "bin") + File.pathSeparator + System.getenv("PATH");
        assertSurvives(inImage(image).env("PATH", path), image);
    }

    private ChildJvm.Builder inImage(Path image) {
        return program()
                .java(image.resolve("bin/java"))
                .jvm("--add-modules", "dev.atexit")
                .classPath(ChildJvm.place(GuardianProgram.class));
    }

    /** One at a time: jlink closes files under the hands of another one in the same JVM. */
    private Path link() throws IOException {
        synchronized (PackagingTest.class) {
            return linkAlone();
        }
    }

    private Path linkAlone() throws IOException {
        Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
        assumeTrue(jlink.isPresent(), "this JDK has no jlink");
        Packages.plain(jar);
        Path image = directory.resolve("image");
        StringWriter said = new StringWriter();
        PrintWriter printer = new PrintWriter(said);
        int status = jlink.get()
                .run(
                        printer,
                        printer,
                        List.of(
                                        "--module-path",
                                        jar.toString(),
                                        "--add-modules",
                                        "dev.atexit",
                                        "--output",
                                        image.toString())
                                .toArray(new String[0]));
        assertThat(status).as("jlink said: %s", said).isZero();
        return image;
    }
}
