package dev.atexit.process.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.process.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guardian while its program lives, and when that ends in order. */
@Execution(ExecutionMode.CONCURRENT)
class GuardianLifeTest {
    private static final String WITHOUT =
            ": after SIGKILL, Runtime.halt or a crash, what this program leaves stays until the next sweep";

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsShells() {
        Shells.assumeTheyExist();
    }

    private static void kill(String signal, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, "--", Long.toString(pid))
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void exit_inOrder_endsTheGuardianAndAllItHasStarted() throws Exception {
        try (Watched watched = Watched.start(Watched.prepare(directory), directory)) {
            assertThat(Shells.session(watched.shell())).contains(watched.shell());
            watched.child().tell("exit");
            ChildJvm.Ended ended = watched.child().await();
            assertThat(ended.status()).as(ended.all()).isZero();
            assertThat(ended.err()).isEmpty();
            watched.assertGoneAndCleanedUp();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void signal_toTheProcessGroup_endsTheProgramInOrder(String signal) throws Exception {
        try (Watched watched = Watched.start(
                Watched.prepare(directory).startedBy("setsid", "env", "--default-signal=HUP,INT"), directory)) {
            kill(signal, -watched.child().pid());
            ChildJvm.Ended ended = watched.child().await();
            assertThat(ended.status()).as(ended.all()).isGreaterThan(128);
            watched.assertGoneAndCleanedUp();
        }
    }

    @Test
    void guardian_isKilled_isStartedAgainOnceAndThenMissed() throws Exception {
        try (Watched watched = Watched.start(Watched.prepare(directory), directory)) {
            kill("KILL", -watched.shell());
            Shells.awaitEnd(watched.shell());
            long second = Shells.awaitOne(watched.child().pid());
            assertThat(second).isNotEqualTo(watched.shell());
            kill("KILL", -second);
            watched.child().awaitLine("[atexit] no guardian, since it was killed twice" + WITHOUT);
            assertThat(Shells.find(watched.child().pid())).isEqualTo(-1);
            watched.child().tell("exit");
            ChildJvm.Ended ended = watched.child().await();
            assertThat(ended.err()).as(ended.all()).hasSize(1);
            assertThat(watched.tree()).doesNotExist();
        }
    }

    @Test
    void guardian_secondOne_survivesAKillToo() throws Exception {
        try (Watched watched = Watched.start(Watched.prepare(directory), directory)) {
            kill("KILL", watched.shell());
            await().atMost(Shells.PATIENCE)
                    .until(() -> Shells.find(watched.child().pid()) > 0);
            watched.child().signal("KILL");
            watched.assertGoneAndCleanedUp();
        }
    }

    @Test
    void output_ofTheProgram_isNotHeldOpen() throws Exception {
        try (Watched watched = Watched.start(Watched.prepare(directory), directory)) {
            List<String> files = new ArrayList<>();
            for (long pid : Shells.session(watched.shell())) {
                files.addAll(Shells.openFiles(pid));
            }
            assertThat(files)
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(outputs(watched.child().pid()));
            assertThat(files.stream().filter(file -> !file.equals("/dev/null")).distinct())
                    .hasSize(1)
                    .allMatch(file -> file.startsWith("pipe:"));
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + watched.shell() + "/cwd")))
                    .isEqualTo(Path.of("/"));
        }
    }

    private static List<String> outputs(long pid) throws Exception {
        return List.of(
                Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/1")).toString(),
                Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/2")).toString());
    }

    @Test
    void guardian_whoIsNotWanted_isNotThere() throws Exception {
        try (ChildJvm child =
                Watched.prepare(directory).property("atexit.guardian", "false").start()) {
            child.nextLine();
            assertThat(Shells.find(child.pid())).isEqualTo(-1);
            assertThat(directory.resolve("state/guardian")).doesNotExist();
            child.tell("exit");
            assertThat(child.await().status()).isZero();
        }
    }

    @Test
    void guardian_whereItCannotBe_isMissedInOneLine() throws Exception {
        Path state = Files.createDirectories(directory.resolve("state"));
        Files.createFile(state.resolve("guardian"));
        try (ChildJvm child = Watched.prepare(directory).start()) {
            child.awaitLine(
                    "line about the guardian",
                    line -> line.startsWith("[atexit] no guardian, since ")
                            && line.contains(state.resolve("guardian").toString())
                            && line.endsWith(WITHOUT));
            child.tell("exit");
            ChildJvm.Ended ended = child.await();
            assertThat(ended.status()).isZero();
            assertThat(ended.err()).as(ended.all()).hasSize(1);
        }
    }

    @Test
    void guardian_ofProcess1OfItsContainer_isMissedInOneLine() throws Exception {
        List<String> container = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
        assumeTrue(
                new ProcessBuilder("/bin/sh", "-c", String.join(" ", container) + " true 2>/dev/null")
                                .start()
                                .waitFor()
                        == 0,
                "namespaces may not be made here");
        try (ChildJvm child = Watched.prepare(directory)
                .startedBy(container.toArray(new String[0]))
                .start()) {
            child.awaitLine(
                    "line about the guardian",
                    line -> line.startsWith("[atexit] no guardian, since ")
                            && line.contains(
                                    "this program is process 1, with which all others of its container end" + WITHOUT));
            child.tell("exit");
            ChildJvm.Ended ended = child.await();
            assertThat(ended.status()).as(ended.all()).isZero();
            assertThat(ended.err()).as(ended.all()).hasSize(1);
        }
    }
}
