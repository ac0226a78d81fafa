package dev.atexit.process.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README shows what a program prints whose handlers misbehave; this is that program. */
class ExitOutputTest {
    private static final String MISBEHAVING = """
            import dev.atexit.AtExit;
            import dev.atexit.ExitPolicy;
            import java.time.Duration;

            final class App {
                public static void main(String[] args) {
                    Duration deadline = Duration.ofSeconds(5);
                    AtExit.configure(ExitPolicy.builder().deadline(deadline).build());
                    AtExit.register("close-db", () -> System.out.println("never"));
                    AtExit.register("metrics", () -> System.out.println("never"));
                    AtExit.register("drain", App::drain, deadline);
                    AtExit.register("shut-down", () -> System.exit(1));
                    AtExit.register("broken", () -> {
                        throw new IllegalStateException("this handler is broken");
                    });
                }

                private static void drain() {
                    while (true) {
                        try {
                            Thread.sleep(60_000);
                        } catch (InterruptedException ignored) {
                            // It misbehaves.
                        }
                    }
                }
            }
            """;

    /** Where the README leaves out what of a stack trace is not the user's. */
    private static final String FRAMES_LEFT_OUT = "        ...";

    @TempDir
    Path directory;

    /** What differs from run to run, or from one Java to the other, is masked; an indent is eight columns. */
    private static String masked(String line) {
        return line.replaceAll("^\t", "        ")
                .replaceAll("\\.java:\\d+\\)", ".java:#)")
                .replaceAll("lambda\\$main\\$\\d+", "lambda\\$main\\$#")
                .replaceAll("within \\d+(\\.\\d+)? s", "within # s");
    }

    private static Pattern shown(Snippet snippet) {
        return Pattern.compile(snippet.lines().stream()
                .map(line -> line.equals(FRAMES_LEFT_OUT) ? "(?: {8}at .*\n)+" : Pattern.quote(masked(line)) + "\n")
                .collect(Collectors.joining()));
    }

    @Test
    void exit_handlersMisbehave_printsWhatTheReadmeShows() throws Exception {
        List<Snippet> shown = Snippet.in("text", "README.md");
        assertThat(shown).extracting(Snippet::heading).containsExactly("What an exit looks like");
        UserProgram program = new UserProgram(MISBEHAVING, directory);
        program.compile("the program of the README's output");
        Ended ended = program.running().run();
        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.out()).as(ended.all()).isEmpty();
        String printed = ended.err().stream().map(line -> masked(line) + "\n").collect(Collectors.joining());
        assertThat(printed).matches(shown(shown.get(0)));
    }
}
