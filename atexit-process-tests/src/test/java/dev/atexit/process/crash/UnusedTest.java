package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.AtExit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody uses costs nothing: not a class of it is loaded, not a file made. */
class UnusedTest {
    private static final List<String> PACKAGES = List.of(
            "dev.atexit.durable.",
            "dev.atexit.file.",
            "dev.atexit.internal.durable.",
            "dev.atexit.internal.guardian.",
            "dev.atexit.internal.journal.",
            "dev.atexit.internal.sweep.");

    @TempDir
    private Path directory;

    @Test
    void program_thatOwesNothing_loadsNothingOfIt() throws Exception {
        List<String> loaded = new ArrayList<>();
        List<String> command = Child.java(
                directory.resolve("state"), List.of("-Xlog:class+load", "-Datexit.guardian=true"), Handlers.class);
        try (Child child = Child.start(directory.resolve("errors"), command)) {
            for (String line = child.readLine(); line != null; line = child.readLine()) {
                loaded.add(line);
            }
            assertThat(child.await()).isZero();
        }
        assertThat(loaded).anySatisfy(line -> assertThat(line).contains(AtExit.class.getName()));
        assertThat(loaded)
                .noneSatisfy(line ->
                        assertThat(PACKAGES).anySatisfy(name -> assertThat(line).contains(name)));
        assertThat(directory.resolve("state")).doesNotExist();
    }

    /** A program with a handler, and nothing else. */
    static final class Handlers {
        private Handlers() {}

        public static void main(String[] args) {
            AtExit.register(() -> System.out.println("ran"));
        }
    }
}
