package dev.atexit.process.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.atexit.cli.Main;
import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "programs are killed with signals, and swept where files tell their owner")
class CommandTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    Path directory;

    private Path state;
    private Path files;

    @BeforeEach
    void makeDirectories() throws IOException {
        state = directory.resolve("state");
        files = Files.createDirectory(directory.resolve("files"));
    }

    private ChildJvm start(String... directories) throws Exception {
        String[] arguments = Stream.concat(Stream.of(files.toString()), Stream.of(directories))
                .toArray(String[]::new);
        ChildJvm program = ChildJvm.running(OwingProgram.class, arguments)
                .property("atexit.state.dir", state.toString())
                .property("atexit.sweep", "false")
                .property("atexit.guardian", "false")
                .start();
        program.awaitLine(OwingProgram.READY);
        return program;
    }

    private static void kill(ChildJvm program) throws Exception {
        program.signal("KILL");
        assertThat(program.await().status()).isEqualTo(KILLED);
    }

    private Ended run(int status, String... words) throws Exception {
        Ended ended = Atexit.command(words)
                .env("ATEXIT_STATE_DIR", state.toString())
                .env("TERM", "xterm-256color")
                .run();
        assertThat(ended.status()).as(ended.all()).isEqualTo(status);
        assertThat(ended.err()).as(ended.all()).isEmpty();
        assertThat(ended.all()).doesNotContain("\u001b");
        return ended;
    }

    @Test
    void program_livesThenIsKilledThenSwept_isShownAndClearedUpAfter() throws Exception {
        try (ChildJvm program = start()) {
            Path tree = Path.of(program.nextLine());
            Path pidFile = files.resolve("app.pid");
            assertThat(run(0, "ps").out())
                    .hasSize(2)
                    .last()
                    .asString()
                    .matches(program.pid() + " +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d +\\S+ +alive +1 pid file, 1 tree");
            assertThat(run(0, "sweep").out()).containsExactly("Journals in " + state + "/journals: 1 alive.");
            assertThat(tree.resolve("inner/file")).exists();

            kill(program);
            assertThat(run(0, "ps").out().get(1)).matches(program.pid() + ".* left +1 pid file, 1 tree");
            assertThat(run(3, "sweep", "--dry-run").out())
                    .hasSize(3)
                    .last()
                    .asString()
                    .endsWith(": 1 to sweep.");
            assertThat(tree.resolve("inner/file")).exists();

            List<String> swept = run(0, "sweep").out();
            assertThat(swept).hasSize(3);
            assertThat(swept.get(0))
                    .startsWith("done: remove pid file " + pidFile + " [")
                    .endsWith(", pid " + program.pid() + "]");
            assertThat(swept.get(1)).startsWith("done: delete tree " + tree + " [");
            assertThat(swept.get(2)).isEqualTo("Journals in " + state + "/journals: 1 swept.");
            assertThat(tree).doesNotExist();
            assertThat(pidFile).doesNotExist();
            assertThat(run(0, "ps").out()).containsExactly("Nothing is owed in " + state + "/journals.");
            assertThat(run(0, "sweep", "--quiet").out()).isEmpty();
        }
    }

    @Test
    void pidFile_ofALaterInstance_isLeftAlone() throws Exception {
        try (ChildJvm first = start()) {
            kill(first);
            try (ChildJvm second = start()) {
                Path pidFile = files.resolve("app.pid");
                assertThat(run(0, "sweep").out())
                        .anyMatch(line -> line.startsWith("not done: remove pid file " + pidFile + " ["))
                        .last()
                        .isEqualTo("Journals in " + state + "/journals: 1 alive, 1 swept.");
                assertThat(pidFile).hasContent(Long.toString(second.pid()));
            }
        }
    }

    @Test
    void stateDirectory_givenAsAnOption_winsOverTheEnvironment() throws Exception {
        try (ChildJvm program = start()) {
            assertThat(program.pid()).isPositive();
            Path other = directory.resolve("other");
            assertThat(run(0, "ps", "--state-dir", other.toString()).out())
                    .containsExactly("Nothing is owed in " + other + "/journals.");
            assertThat(other).doesNotExist();
        }
    }

    @Test
    void output_underAnyLocale_isTheSame() throws Exception {
        try (ChildJvm program = start()) {
            kill(program);
            for (List<String> words :
                    List.of(List.of("ps", "--long"), List.of("ps", "--json"), List.of("sweep", "--dry-run"))) {
                String[] command = words.toArray(String[]::new);
                Ended plain = Atexit.command(command)
                        .env("ATEXIT_STATE_DIR", state.toString())
                        .run();
                assertThat(plain.out()).as(plain.all()).isNotEmpty();
                for (String locale : List.of("tr-TR", "ar-SA")) {
                    Ended ended = Atexit.command(command)
                            .env("ATEXIT_STATE_DIR", state.toString())
                            .property("user.language", locale.substring(0, 2))
                            .property("user.country", locale.substring(3))
                            .run();
                    assertThat(ended.out()).as(locale).isEqualTo(plain.out());
                }
            }
        }
    }

    @Test
    void names_withAnythingInThem_areEscapedAndCleared() throws Exception {
        Path plain = files.resolve("a\nb\u001b[31m<script>");
        String bytes = files.toUri() + "c%FF%FE";
        try (ChildJvm program = start(plain.toUri().toString(), bytes)) {
            kill(program);
            String escaped = files + "/a\\nb\\u001b[31m<script>";
            assertThat(run(0, "ps", "--long").out()).contains("  owed: delete tree " + escaped);
            String json = String.join("\n", run(0, "ps", "--json").out());
            assertThat(json).matches("[\\n -~]+").contains("/a\\u000ab\\u001b[31m<script>\"");
            assertIsJson(json);
            assertThat(run(0, "sweep").out())
                    .hasSize(5)
                    .anyMatch(line -> line.startsWith("done: delete tree " + escaped + " ["));
            try (Stream<Path> left = Files.list(files)) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .allMatch(name -> name.startsWith("app.pid.lock"));
            }
        }
    }

    /** By somebody else's idea of JSON, where there is one. */
    private void assertIsJson(String text) throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("document.json"), text, StandardCharsets.UTF_8);
        Process python;
        try {
            python = new ProcessBuilder("python3", "-m", "json.tool", file.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException none) {
            assumeTrue(false, "no python3 to read the JSON: " + none.getMessage());
            return;
        }
        assertThat(python.waitFor()).isZero();
    }

    @Test
    void terminal_thatShowsColours_hasThemUnlessNobodyWantsThem() throws Exception {
        try (ChildJvm program = start()) {
            kill(program);
            assertThat(onATerminal("TERM=xterm")).contains("\u001b[33mleft");
            assertThat(onATerminal("TERM=xterm NO_COLOR=1")).contains(" left ").doesNotContain("\u001b");
            assertThat(onATerminal("TERM=dumb")).contains(" left ").doesNotContain("\u001b");
        }
    }

    /** Runs {@code ps} with a terminal of its own; returns what it printed there. */
    private String onATerminal(String environment) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = "env -u NO_COLOR ATEXIT_STATE_DIR='" + state + "' " + environment + " '" + java + "' -cp '"
                + Atexit.classPath() + "' " + Main.class.getName() + " ps";
        Path printed = Files.createTempFile(directory, "terminal", "");
        Process script;
        try {
            script = new ProcessBuilder("script", "-qec", command, "/dev/null")
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
        } catch (IOException none) {
            assumeTrue(false, "no script to make a terminal: " + none.getMessage());
            return "";
        }
        assertThat(script.waitFor()).as(Files.readString(printed)).isZero();
        return Files.readString(printed);
    }
}
