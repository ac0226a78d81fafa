package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are the first process of a pid namespace, as in a container: each of them has the number 1. */
class ContainerTest {
    private static final String CONTAINER = "unshare --pid --fork --kill-child --mount-proc ";

    @TempDir
    private Path directory;

    private Scene scene;

    @BeforeEach
    void needNamespaces() throws Exception {
        scene = new Scene(directory);
        assumeTrue(scene.can(CONTAINER + "true"), "a pid namespace needs root, and a container that allows it");
    }

    /** Starts a container that stays until it is closed; then nothing of it is left alive. */
    private Child container(String name, String... options) throws Exception {
        Child child = Child.start(
                directory.resolve("errors-" + name),
                List.of("sh", "-c", "exec " + CONTAINER + scene.debtor(name, options)));
        assertThat(child.awaitLine(Child.READY)).as(child.errors()).isTrue();
        return child;
    }

    /** Ends a container with all that is in it, by its first process; when this returns nothing of it is left. */
    private static void shoot(Child container) throws Exception {
        ProcessHandle.of(container.pid()).orElseThrow().children().forEach(ProcessHandle::destroyForcibly);
        container.await();
    }

    private Path pidFile(String name) {
        return scene.files.resolve(Debtor.PREFIX + name + ".pid");
    }

    @Test
    void container_killedAsAWhole_isSweptFromOutside() throws Exception {
        try (Child container = container("one", "-Datexit.guardian=true")) {
            shoot(container);
        }
        scene.sweep();
        assertThat(scene.left()).isEmpty();
        assertThat(scene.shell("ls " + scene.journals)).isEmpty();
    }

    @Test
    void container_killedAsAWhole_isSweptByItsSuccessorWithTheSameNumber() throws Exception {
        try (Child first = container("one")) {
            assertThat(pidFile("one")).hasContent("1\n");
            shoot(first);
        }
        assertThat(scene.left()).hasSize(Scene.owed());
        try (Child second = container("two")) {
            assertThat(pidFile("two")).hasContent("1\n");
            Awaitility.await()
                    .atMost(1, TimeUnit.MINUTES)
                    .until(() -> scene.left().size() == Scene.owed() && !Files.exists(pidFile("one")));
            Awaitility.await().until(() -> second.errors().contains("cleaned up after process 1 "));
        }
    }

    /** The pid file of the one before holds the number of the one after, which is that of a living process: itself. */
    @Test
    void container_restarted_takesItsOwnPidFileOver() throws Exception {
        try (Child first = container("same", "-Datexit.sweep=false")) {
            shoot(first);
        }
        assertThat(pidFile("same")).hasContent("1\n");
        try (Child second = container("same", "-Datexit.sweep=false")) {
            assertThat(second.errors()).contains("taken over");
            assertThat(pidFile("same")).hasContent("1\n");
            // What the first had written down is not what is there now.
            scene.sweep();
            assertThat(pidFile("same")).hasContent("1\n");
            assertThat(scene.left()).hasSize(Scene.owed());
        }
    }

    @Test
    void livingContainer_sweptFromOutsideAndFromAnother_isLeftAlone() throws Exception {
        try (Child living = container("one")) {
            scene.sweep();
            scene.shell(scene.sweeper().replace("| ", "| " + CONTAINER));
            assertThat(scene.left()).hasSize(Scene.owed());
            assertThat(living.errors()).isEmpty();
        }
    }

    /** The nearest thing to a clock that is set back which does not disturb everybody on the machine. */
    @Test
    void timeNamespace_bootLiesElsewhere_tellsTheLivingFromTheDeadAllTheSame() throws Exception {
        String elsewhere = "unshare --time --boottime 1000000 --monotonic 1000000 --fork --kill-child ";
        assumeTrue(scene.can(elsewhere + "true"), "a time namespace needs root, and a kernel that has them");
        Child child = Child.start(
                directory.resolve("errors"), List.of("sh", "-c", "exec " + elsewhere + scene.debtor("one")));
        try (child) {
            assertThat(child.awaitLine(Child.READY)).as(child.errors()).isTrue();
            scene.sweep();
            assertThat(scene.left()).hasSize(Scene.owed());
            shoot(child);
        }
        scene.sweep();
        assertThat(scene.left()).isEmpty();
    }

    /** Journals and locks that claim to be from the future, as after a clock was set back. */
    @Test
    void clock_setBack_changesNothing() throws Exception {
        scene.owe("one");
        scene.shell("touch -d '2 days' " + scene.journals + "/*");
        scene.sweep();
        assertThat(scene.left()).isEmpty();
    }
}
