package dev.atexit.process.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.process.launcher.Checkout.Ended;
import dev.atexit.process.launcher.Checkout.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(
        value = {OS.LINUX, OS.MAC},
        disabledReason = "the launcher is a shell script")
class LauncherTest {
    private static final String BUILDING = "atexit: building the command on first use; this takes a minute\n";
    private static final Duration LONG = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    @Test
    void launcher_firstUse_buildsAndSaysSo() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        Ended ended = checkout.run();
        assertThat(ended).isEqualTo(new Ended(0, "", BUILDING));
        assertThat(checkout.builds()).isOne();
        assertThat(filesOf(checkout)).containsExactly("atexit.jar");
    }

    @Test
    void launcher_laterUse_passesWordsAndStatusAndBuildsNothing() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.run();
        Ended ended = checkout.run("two words", "", "*", "$HOME", "status=42");
        assertThat(ended).isEqualTo(new Ended(42, "[two words]\n[]\n[*]\n[$HOME]\n[status=42]\n", ""));
        assertThat(checkout.builds()).isOne();
    }

    @Test
    void launcher_throughLinksFromElsewhere_findsItsCheckout() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        Path elsewhere = Files.createDirectories(directory.resolve("else where/bin"));
        Path relative = elsewhere.resolve("relative");
        Files.createSymbolicLink(relative, elsewhere.relativize(checkout.launcher));
        Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), relative);
        Path chained = Files.createSymbolicLink(elsewhere.resolve("chained"), Path.of("../../absolute"));
        for (Path link : List.of(relative, absolute, chained)) {
            assertThat(checkout.start(link, Path.of("/"), Map.of(), "here")
                            .await()
                            .out())
                    .isEqualTo("[here]\n");
        }
        // As a shell does that finds it on the PATH.
        Map<String, String> path = Map.of("PATH", elsewhere + ":" + checkout.tools);
        assertThat(checkout.start(checkout.tools.resolve("env"), elsewhere, path, "chained", "by name")
                        .await()
                        .out())
                .isEqualTo("[by name]\n");
        assertThat(checkout.start(Path.of("bin/atexit"), checkout.root, Map.of(), "inside")
                        .await()
                        .out())
                .isEqualTo("[inside]\n");
        assertThat(checkout.builds()).isOne();
    }

    @ParameterizedTest
    @CsvSource({"atexit-core/src/main/Source.java", "atexit-cli/pom.xml", "pom.xml"})
    void launcher_sourceIsNewer_buildsAgainAndSaysSo(String source) throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.run();
        ageEverything(checkout);
        checkout.age(checkout.root.resolve(source), Duration.ofHours(1));
        assertThat(checkout.run("again"))
                .isEqualTo(
                        new Ended(0, "[again]\n", "atexit: sources are newer than the command; building it again\n"));
        assertThat(checkout.run().err()).isEmpty();
        assertThat(checkout.builds()).isEqualTo(2);
    }

    @Test
    void launcher_sourceWrittenDuringTheBuild_buildsAgain() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.holdBuilds();
        Running running = checkout.start(checkout.launcher, directory, Map.of());
        await().atMost(LONG).until(() -> checkout.builds() == 1);
        Path source = checkout.root.resolve("atexit-core/src/main/Source.java");
        // A file system need not tell apart two times that are close.
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        checkout.letBuildsGoOn();
        assertThat(running.await().status()).isZero();
        assertThat(checkout.run().err()).contains("sources are newer than the command");
    }

    @Test
    void launcher_builtByHand_takesThatJar() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.writeJar(checkout.made);
        assertThat(checkout.run("here")).isEqualTo(new Ended(0, "[here]\n", ""));
        assertThat(checkout.builds()).isZero();
    }

    @Test
    void launcher_halfAJarWasLeft_buildsAnew() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.writeJar(checkout.made);
        byte[] whole = Files.readAllBytes(checkout.made);
        Files.write(checkout.made, Arrays.copyOf(whole, whole.length / 2));
        assertThat(checkout.run("here")).isEqualTo(new Ended(0, "[here]\n", BUILDING));
    }

    @Test
    void launcher_buildFails_saysSoAndLeavesNothing() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.makeBuildsFail();
        Ended ended = checkout.run();
        assertThat(ended.status()).isOne();
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .startsWith(
                        BUILDING + "it does not compile\natexit: the build failed; see above, or run it by hand: mvn");
        assertThat(filesOf(checkout)).isEmpty();
    }

    @Test
    void launcher_twoAtOnce_buildOnce() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.holdBuilds();
        Running first = checkout.start(checkout.launcher, directory, Map.of(), "first");
        await().atMost(LONG).until(() -> checkout.builds() == 1);
        Running second = checkout.start(checkout.launcher, directory, Map.of(), "second");
        checkout.letBuildsGoOn();
        assertThat(first.await()).isEqualTo(new Ended(0, "[first]\n", BUILDING));
        assertThat(second.await()).isEqualTo(new Ended(0, "[second]\n", ""));
        assertThat(checkout.builds()).isOne();
        assertThat(filesOf(checkout)).containsExactly("atexit.jar");
    }

    @Test
    void launcher_builderWasKilled_breaksItsLock() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.holdBuilds();
        Running killed = checkout.start(checkout.launcher, directory, Map.of());
        await().atMost(LONG).until(() -> checkout.builds() == 1);
        List<ProcessHandle> maven = killed.process().descendants().toList();
        killed.process().destroyForcibly().waitFor();
        assertThat(checkout.lock).isSymbolicLink();
        checkout.letBuildsGoOn();
        for (ProcessHandle process : maven) {
            process.onExit().get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
        Files.delete(checkout.made);
        assertThat(checkout.run("here")).isEqualTo(new Ended(0, "[here]\n", BUILDING));
        assertThat(Files.exists(checkout.lock, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    @Test
    void launcher_isTerminatedWhileItBuilds_givesItsLockBack() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.holdBuilds();
        Running running = checkout.start(checkout.launcher, directory, Map.of());
        await().atMost(LONG).until(() -> checkout.builds() == 1);
        // The shell heeds the signal once its child has ended.
        assertThat(running.process().toHandle().destroy()).isTrue();
        checkout.letBuildsGoOn();
        assertThat(running.await().status()).isEqualTo(143);
        assertThat(filesOf(checkout)).isEmpty();
    }

    @Test
    void launcher_noJava_saysWhatToInstall() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        Files.delete(checkout.tools.resolve("java"));
        assertRefused(
                checkout.run(),
                "no java found; install a JDK 17 or later, and put it on the PATH or let JAVA_HOME name it");
    }

    @Test
    void launcher_javaHomeHasNoJava_saysSo() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        Map<String, String> environment = Map.of("JAVA_HOME", directory.toString());
        assertRefused(
                checkout.start(checkout.launcher, directory, environment).await(),
                "there is no " + directory + "/bin/java; let JAVA_HOME name a JDK 17 or later, or unset it");
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_392, 8", "11.0.2, 11", "16, 16"})
    void launcher_javaIsTooOld_saysWhichAndWhatToDo(String version, int major) throws Exception {
        Checkout checkout = Checkout.complete(directory);
        Path home = checkout.fakeJava(version);
        assertRefused(
                checkout.start(checkout.launcher, directory, Map.of("JAVA_HOME", home.toString()))
                        .await(),
                home + "/bin/java is Java " + major
                        + ", but a JDK 17 or later is needed; put one on the PATH or let JAVA_HOME name it");
        assertThat(checkout.builds()).isZero();
    }

    @Test
    void launcher_noCompiler_saysWhatToInstall() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        Path home = checkout.fakeJava("17.0.1");
        assertRefused(
                checkout.start(checkout.launcher, directory, Map.of("JAVA_HOME", home.toString()))
                        .await(),
                "the command has to be built, but " + home + "/bin/java belongs to no JDK; install a JDK 17 or later");
    }

    @Test
    void launcher_noMaven_saysWhatToInstall() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        Files.delete(checkout.tools.resolve("mvn"));
        assertRefused(
                checkout.run(),
                "the command has to be built, but no mvn found; install Maven 3.8 or later and put it on the PATH");
    }

    @Test
    void launcher_javaHome_winsOverThePath() throws Exception {
        Checkout checkout = Checkout.complete(directory);
        checkout.call("java", checkout.fakeJava("11").resolve("bin/java"));
        Map<String, String> environment = Map.of("JAVA_HOME", System.getProperty("java.home"));
        assertThat(checkout.start(checkout.launcher, directory, environment, "here")
                        .await()
                        .out())
                .isEqualTo("[here]\n");
    }

    @Test
    void launcher_inADistribution_runsWithoutMavenAndCompiler() throws Exception {
        Checkout distribution = new Checkout(directory);
        distribution.installJdk();
        Files.delete(distribution.tools.resolve("javac"));
        distribution.writeJar(distribution.root.resolve("lib/atexit.jar"));
        assertThat(distribution.run("here", "status=3")).isEqualTo(new Ended(3, "[here]\n[status=3]\n", ""));
    }

    @Test
    void launcher_inADistributionWithoutItsJar_saysSo() throws Exception {
        Checkout distribution = new Checkout(directory);
        distribution.installJdk();
        assertRefused(
                distribution.run(),
                "there is no " + distribution.root.toRealPath() + "/lib/atexit.jar; unpack the distribution again");
    }

    @Test
    void distribution_unpacked_runsTheCommand() throws Exception {
        Path archive;
        try (Stream<Path> files = Files.list(Path.of("..", "atexit-cli", "target"))) {
            archive = files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findAny()
                    .orElse(null);
        } catch (IOException notBuilt) {
            archive = null;
        }
        assumeTrue(archive != null, "no distribution: it is made by the phase package of atexit-cli");
        Checkout tools = new Checkout(directory);
        tools.installJdk();
        Files.delete(tools.tools.resolve("javac"));
        Process tar = new ProcessBuilder("tar", "-xzf", archive.toAbsolutePath().toString())
                .directory(Files.createDirectory(directory.resolve("un packed")).toFile())
                .inheritIO()
                .start();
        assertThat(tar.waitFor()).isZero();
        Path unpacked;
        try (Stream<Path> files = Files.list(directory.resolve("un packed"))) {
            unpacked = files.findAny().orElseThrow();
        }
        assertThat(unpacked.resolve("LICENSE")).isRegularFile();
        assertThat(unpacked.resolve("README.md")).isRegularFile();
        Ended ended = tools.start(unpacked.resolve("bin/atexit"), directory, Map.of(), "--version")
                .await();
        assertThat(ended.out()).matches("atexit \\d+\\.\\d+\\.\\d+\\S*\n");
        assertThat(ended.status()).isZero();
    }

    private static void assertRefused(Ended ended, String why) {
        assertThat(ended).isEqualTo(new Ended(1, "", "atexit: " + why + "\n"));
    }

    private static List<String> filesOf(Checkout checkout) throws IOException {
        try (Stream<Path> files = Files.list(checkout.jar.getParent())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void ageEverything(Checkout checkout) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(checkout.root)) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            checkout.age(file, Duration.ofHours(3));
        }
        checkout.age(checkout.jar, Duration.ofHours(2));
        checkout.age(checkout.made, Duration.ofHours(2));
    }
}
