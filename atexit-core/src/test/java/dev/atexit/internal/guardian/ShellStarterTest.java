package dev.atexit.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellStarterTest {
    private static final long PATIENCE_S = 60;

    @TempDir
    private Path directory;

    @BeforeAll
    static void needsLinux() {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")), "no /proc here");
    }

    private Path program(String name, String text) throws IOException {
        Path program = Files.writeString(directory.resolve(name), text);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    @Test
    void start_noSetsid_isRefusedByItsName() throws IOException {
        program("sh", "");
        ShellStarter starter = new ShellStarter(directory.toString());
        assertThatThrownBy(() -> starter.start(directory, directory, "id"))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no program 'setsid' here");
    }

    @Test
    void start_programThatMayNotBeRunOrIsADirectory_isNoProgram() throws IOException {
        program("setsid", "");
        Files.createFile(directory.resolve("sh"));
        Path other = Files.createDirectories(directory.resolve("other/sh")).getParent();
        ShellStarter starter = new ShellStarter(directory.toString(), other.toString(), "relative", "");
        assertThatThrownBy(() -> starter.start(directory, directory, "id"))
                .isInstanceOf(IOException.class)
                .hasMessage("there is no program 'sh' here");
    }

    @Test
    void start_shell_getsParametersAndAnEnvironmentWithoutWhatIsHostile() throws Exception {
        Path seen = directory.resolve("seen");
        Path sh = program("sh", "");
        program("setsid", "#!/bin/sh\n{ pwd; env; } >'" + seen + ".env'\nprintf '%s\\n' \"$@\" >'" + seen + "'\n");
        Process process =
                new ShellStarter(directory.toString()).start(directory.resolve("the jar"), directory, "an id");
        assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        List<String> parameters = Files.readAllLines(seen);
        assertThat(parameters)
                .startsWith(sh.toString(), "-c")
                .contains(Long.toString(ProcessHandle.current().pid()));
        assertThat(parameters.subList(parameters.size() - 5, parameters.size()))
                .containsExactly(
                        "-cp",
                        directory.resolve("the jar").toString(),
                        GuardianMain.class.getName(),
                        directory.toString(),
                        "an id");
        assertThat(Files.readAllLines(Path.of(seen + ".env")))
                .startsWith("/")
                .noneMatch(line -> line.startsWith("JAVA_TOOL_OPTIONS=") || line.startsWith("CLASSPATH="));
    }
}
