package dev.atexit.process.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compiles and runs each piece of Java that the README and the cheatsheet show. */
class SnippetsTest {
    /** What a snippet is pasted into, and the things of the user's that it names. */
    private static final String PRELUDE = """
            import dev.atexit.*;
            import dev.atexit.file.*;
            import dev.atexit.lock.*;
            import dev.atexit.logging.*;
            import dev.atexit.signal.*;
            import java.nio.file.*;
            import java.time.Duration;

            final class App {
                record Connection(String name) implements AutoCloseable {
                    @Override
                    public void close() {
                        say(name + " closed");
                    }

                    void drain() {
                        say(name + " drained");
                    }
                }

                static Connection open() {
                    return new Connection("opened");
                }

                static void say(String what) {
                    System.out.println(what);
                }

                %s

                public static void main(String[] args) throws Exception {
                    %s
                    %s
                }
            }
            """;

    /** By the heading a snippet stands under: what must be there before it runs, and what it then prints until the end. */
    private static final Map<String, Expected> EXPECTED = Map.of(
            "atexit for the JVM",
            new Expected("""
                    Connection db = new Connection("db");
                    """, "db closed"),
            "Register",
            new Expected("""
                    Connection socket = new Connection("socket");
                    Connection db = new Connection("db");
                    Connection pool = new Connection("pool");
                    Path path = Files.createFile(Path.of(args[0], "file"));
                    Object object = new Object();
                    ExitHandler action = () -> say("action");
                    """, "action", "opened closed", "pool drained", "db closed", "socket closed"),
            "After a kill -9",
            new Expected(""),
            "Survive a kill",
            new Expected(""),
            "Decorate",
            new Expected(""),
            "Unregister",
            new Expected("""
                    Registration r = AtExit.register(() -> say("r"));
                    ExitHandler handler = () -> say("handler");
                    AtExit.register(handler);
                    Connection c = AtExit.closing(open());
                    AtExit.register(() -> say("any other"));
                    """));

    private record Expected(String given, List<String> prints) {
        Expected(String given, String... prints) {
            this(given, List.of(prints));
        }
    }

    /** For classes, temporary files, and what lies in {@code /run} elsewhere. */
    @TempDir
    Path directory;

    static List<Snippet> snippets() throws IOException {
        return Snippet.in("java", "README.md", "docs/cheatsheet.md");
    }

    private UserProgram program(Snippet snippet) {
        Map<Boolean, List<String>> parts = snippet.lines().stream().collect(Collectors.partitioningBy(this::isMember));
        String given = EXPECTED.getOrDefault(snippet.heading(), new Expected("")).given;
        String statements = String.join("\n", parts.get(false)).replace("/run/", directory + "/");
        return new UserProgram(PRELUDE.formatted(String.join("\n", parts.get(true)), given, statements), directory);
    }

    /** An annotation begins a method, which stands on one line, beside the statements and not among them. */
    private boolean isMember(String line) {
        return line.startsWith("@");
    }

    @Test
    void snippets_underTheirHeadings_areThoseThatAreExpected() throws IOException {
        assertThat(snippets().stream().map(Snippet::heading)).containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void snippet_runToItsEnd_printsWhatItSaysAndLeavesNothing(Snippet snippet) throws Exception {
        UserProgram program = program(snippet);
        program.compile(snippet);
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        Ended ended = program.running(temporary.toString())
                .property("java.io.tmpdir", temporary.toString())
                .run();
        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.err()).as(ended.all()).isEmpty();
        assertThat(ended.out()).as(ended.all()).containsExactlyElementsOf(EXPECTED.get(snippet.heading()).prints);
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
        assertThat(directory.resolve("app.pid")).doesNotExist();
    }
}
