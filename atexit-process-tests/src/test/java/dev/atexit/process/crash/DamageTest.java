package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose state is taken away while they live: they end as if nothing had happened. */
class DamageTest {
    @TempDir
    private Path directory;

    private Scene scene;
    private Child debtor;

    @BeforeEach
    void start() throws Exception {
        scene = new Scene(directory);
        debtor = Child.start(
                directory.resolve("errors"),
                List.of("sh", "-c", "exec " + scene.debtor("one", "-Datexit.sweep=false")));
        assertThat(debtor.awaitLine(Child.READY)).isTrue();
    }

    @AfterEach
    void end() throws Exception {
        debtor.close();
    }

    private void assertEndsInOrder() throws Exception {
        debtor.tellLast("exit");
        assertThat(debtor.await()).isZero();
        assertThat(debtor.errors()).doesNotContain("Exception").doesNotContain("Error");
        assertThat(scene.left()).isEmpty();
    }

    @Test
    void stateDirectory_deleted_programEndsInOrder() throws Exception {
        scene.shell("rm -r " + scene.state);
        assertEndsInOrder();
        assertThat(scene.state).doesNotExist();
    }

    @Test
    void journal_deleted_programEndsInOrder() throws Exception {
        scene.shell("rm " + scene.journal());
        assertEndsInOrder();
    }

    @Test
    void lock_deletedAndSweptWhileTheProgramLives_programKeepsItsThings() throws Exception {
        scene.shell("rm " + scene.only(".lock"));
        assertThat(scene.sweep()).contains("nothing proves that its owner has ended");
        assertThat(scene.left()).hasSize(Scene.owed());
        assertEndsInOrder();
    }

    @Test
    void journal_cutOff_programEndsInOrder() throws Exception {
        scene.shell("truncate -s 0 " + scene.journal());
        debtor.tellLast("exit");
        assertThat(debtor.await()).isZero();
        assertThat(scene.left()).isEmpty();
    }

    /** That it is said, once, is tested in process: here the JVM may throw its error where nobody expects it. */
    @Test
    void journal_cutOffWhileMuchIsWritten_programEndsAndNoOtherIsOpened() throws Exception {
        Path errors = directory.resolve("errors of the other");
        List<String> options = List.of("-Datexit.sweep=false", "-Datexit.durable.force=true");
        try (Child program = Child.start(
                errors,
                Child.java(
                        scene.state,
                        options,
                        CutOffProgram.class,
                        scene.files.toString(),
                        scene.journals.toString()))) {
            assertThat(program.readLine()).as(program.errors()).isEqualTo("journals: 2");
            assertThat(program.await()).as(program.errors()).isZero();
            assertThat(program.errors().lines().filter(line -> line.contains("cleanup that survives a kill is off")))
                    .hasSizeLessThanOrEqualTo(1);
        }
        // A file in whose making the error came may be left.
        debtor.tellLast("exit");
        assertThat(debtor.await()).isZero();
    }
}
