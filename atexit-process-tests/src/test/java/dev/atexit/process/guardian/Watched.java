package dev.atexit.process.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.atexit.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A {@link GuardianProgram} with the shell that watches it, in a directory of its own. */
record Watched(ChildJvm child, long shell, Path tree, Path directory) implements AutoCloseable {
    /** Has a program use a guardian, and a state directory of its own. */
    static ChildJvm.Builder prepare(ChildJvm.Builder program, Path directory) {
        return program.property("atexit.guardian", "true")
                .property("atexit.state.dir", directory.resolve("state").toString());
    }

    static ChildJvm.Builder prepare(Path directory) {
        return prepare(ChildJvm.running(GuardianProgram.class, directory.toString()), directory);
    }

    /** Starts it, and waits until it is watched. */
    static Watched start(ChildJvm.Builder program, Path directory) throws IOException, InterruptedException {
        ChildJvm child = program.start();
        boolean watched = false;
        try {
            Path tree = Path.of(child.nextLine());
            assertThat(tree).isDirectory();
            long shell = Shells.awaitOne(child.pid());
            watched = true;
            return new Watched(child, shell, tree, directory);
        } finally {
            if (!watched) {
                child.close();
            }
        }
    }

    /** Waits until the guardian has done its work and is gone; then nothing may be left. */
    void assertGoneAndCleanedUp() throws IOException {
        await().atMost(Shells.PATIENCE)
                .untilAsserted(() -> assertThat(tree).as("%s", child).doesNotExist());
        assertThat(directory.resolve(GuardianProgram.PID_FILE)).doesNotExist();
        Shells.awaitEnd(shell);
        assertThat(journals()).isEmpty();
    }

    List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("state/journals"))) {
            return files.toList();
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
