package dev.atexit.process.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.AtExit;
import dev.atexit.process.ChildJvm;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the module requires is all it needs: neither java.logging nor jdk.jfr is in the image. */
class ImageTest {
    private static final long PATIENCE_S = 120;

    @TempDir
    Path directory;

    @Test
    void library_imageOfWhatItRequires_runsAProgramToItsEnd() throws Exception {
        Path image = directory.resolve("image");
        link(image);

        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                        image.resolve("bin/java").toString(),
                        "--add-modules",
                        "dev.atexit",
                        "-cp",
                        ChildJvm.place(ImageProgram.class),
                        ImageProgram.class.getName(),
                        temporary.toString())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readAllLines(out, StandardCharsets.UTF_8))
                .containsExactly(
                        "callback of a scope, true",
                        "dev.atexit",
                        "java.base",
                        "jdk.unsupported",
                        "entry of a registry",
                        "temporary directory is there: true",
                        "first handler");
        assertThat(Files.readAllLines(err, StandardCharsets.UTF_8))
                .first()
                .asString()
                .isEqualTo("[atexit] handler 'fails' failed: java.lang.IllegalStateException: told to");
        assertThat(Files.readString(err)).containsOnlyOnce("[atexit]");
        assertThat(process.exitValue()).isEqualTo(3);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private static void link(Path image) {
        Optional<ToolProvider> jlink = ToolProvider.findFirst("jlink");
        assumeTrue(jlink.isPresent(), "this JDK has no jlink");
        StringWriter said = new StringWriter();
        PrintWriter printer = new PrintWriter(said);
        List<String> arguments = List.of(
                "--module-path",
                ChildJvm.place(AtExit.class),
                "--add-modules",
                "dev.atexit",
                "--output",
                image.toString());
        int status = jlink.get().run(printer, printer, arguments.toArray(new String[0]));
        assertThat(status).as("jlink said: %s", said).isZero();
    }
}
