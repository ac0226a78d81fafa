package dev.atexit.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real one, as what we are to be like. */
public final class CPython {
    private CPython() {}

    /**
     * Has a script of the test's resources run programs, one a line, and gives what it printed for each. Skips the test
     * where there is no {@code python3}.
     */
    public static List<String> run(Path dir, String script, List<String> programs) throws Exception {
        Path file = dir.resolve(script);
        try (InputStream in = CPython.class.getResourceAsStream("/dev/atexit/" + script)) {
            assertThat(in).as(script).isNotNull();
            Files.copy(in, file);
        }
        Path input = Files.write(dir.resolve("programs"), programs);
        Path output = dir.resolve("output");
        Path errors = dir.resolve("errors");
        // Isolated: no variable, directory or package of the user's has a say.
        Process python;
        try {
            python = new ProcessBuilder("python3", "-I", file.toString())
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException none) {
            return abort("there is no python3 to compare with: " + none.getMessage());
        }
        try {
            assertThat(python.waitFor(2, TimeUnit.MINUTES)).as("python3 ends").isTrue();
        } finally {
            python.destroyForcibly();
        }
        assertThat(Files.readString(errors)).isEmpty();
        assertThat(python.exitValue()).isZero();
        List<String> lines = Files.readAllLines(output);
        assertThat(lines).hasSameSizeAs(programs);
        return lines;
    }
}
