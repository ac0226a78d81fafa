package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@FreshAtExit
class ReportFileTest {
    private static final Path SCHEMA = Path.of("..", "docs", "report.schema.json");

    @RegisterExtension
    final Stderr err = new Stderr();

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("exit.json");
    }

    private static void reportTo(Path path) {
        AtExit.configure(ExitPolicy.builder().reportFile(path).build());
    }

    /** Holds what was written to the schema, too. */
    private static JsonNode read(Path path) throws IOException {
        String text = Files.readString(path);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(SCHEMA));
        assertThat(schema.validate(text, InputFormat.JSON)).isEmpty();
        return new JsonMapper().readTree(text);
    }

    private static List<String> texts(JsonNode array, String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode node : array) {
            texts.add(node.get(field).stringValue());
        }
        return texts;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void exit_handlersOfEachKind_reportHasThem(AtExitControl control) throws IOException {
        reportTo(file());
        AtExit.register(() -> {});
        AtExit.register("fails", () -> {
            throw new IOException("no disk", new IllegalStateException("why"));
        });
        CleanupRegistry registry = CleanupRegistry.builder().name("all").build();
        registry.register("first", () -> {});
        registry.register("second", () -> {}, o -> o.after("first").timeout(Duration.ofSeconds(5)));
        control.exit(new ExitReason.Signal("TERM"));
        JsonNode json = read(file());
        assertThat(json.get("complete").booleanValue()).isTrue();
        assertThat(json.get("clean").booleanValue()).isFalse();
        assertThat(json.get("program").get("pid").longValue())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(json.get("reason").get("kind").stringValue()).isEqualTo("signal");
        assertThat(json.get("reason").get("signal").stringValue()).isEqualTo("TERM");
        assertThat(json.get("others").intValue()).isEqualTo(1);
        JsonNode entries = json.get("entries");
        assertThat(texts(entries, "name")).containsExactly("all", "fails");
        assertThat(texts(entries, "outcome")).containsExactly("ran", "failed");
        JsonNode children = entries.get(0).get("entries");
        assertThat(entries.get(0).get("kind").stringValue()).isEqualTo("registry");
        assertThat(texts(children, "name")).containsExactly("first", "second");
        assertThat(children.get(1).get("after").get(0).stringValue()).isEqualTo("first");
        assertThat(children.get(1).get("timeoutNanos").longValue()).isEqualTo(5_000_000_000L);
        assertThat(children.get(1).get("thread").stringValue()).startsWith("atexit-runner");
        assertThat(children.get(1).has("registeredAt")).isTrue();
        assertThat(entries.get(1).get("error").get("message").stringValue()).isEqualTo("no disk");
        assertThat(entries.get(1).get("error").get("cause").get("message").stringValue())
                .isEqualTo("why");
        assertThat(names()).containsExactly("exit.json");
    }

    @Test
    void exit_nothingConfigured_noFile(AtExitControl control) throws IOException {
        AtExit.register("a", () -> {});
        control.exit();
        assertThat(names()).isEmpty();
    }

    @Test
    void exit_operatorSetsThePath_operatorWins(AtExitControl control) throws IOException {
        reportTo(directory.resolve("code.json"));
        System.setProperty(
                "atexit.report", directory.resolve("operator-%p.json").toString());
        try {
            control.exit();
        } finally {
            System.clearProperty("atexit.report");
        }
        long pid = ProcessHandle.current().pid();
        assertThat(names()).containsExactly("operator-" + pid + ".json");
        assertThat(read(directory.resolve("operator-" + pid + ".json"))
                        .get("clean")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void exit_deadlineCutsItShort_reportHasWhatWasSkippedAndLeftBehind(AtExitControl control, FakeClock clock)
            throws IOException {
        AtExit.configure(ExitPolicy.builder()
                .deadline(Duration.ofSeconds(4))
                .reportFile(file())
                .build());
        CountDownLatch end = new CountDownLatch(1);
        AtExit.register("never", () -> {});
        AtExit.register("hangs", () -> ignoreInterrupts(clock, end), Duration.ofHours(1));
        control.exit();
        end.countDown();
        JsonNode json = read(file());
        assertThat(json.get("deadlineNanos").longValue()).isEqualTo(4_000_000_000L);
        assertThat(texts(json.get("entries"), "name")).containsExactlyInAnyOrder("hangs", "never");
        for (JsonNode entry : json.get("entries")) {
            boolean hung = entry.get("name").stringValue().equals("hangs");
            assertThat(entry.get("outcome").stringValue()).isEqualTo(hung ? "left-behind" : "skipped");
            assertThat(entry.has("stall")).isEqualTo(hung);
        }
    }

    private static void ignoreInterrupts(FakeClock clock, CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                clock.hang();
            } catch (InterruptedException ignored) {
                // That is the point of it.
                continue;
            }
        }
    }

    @Test
    void file_written_isItsOwnersOnly(AtExitControl control) throws IOException {
        reportTo(file());
        control.exit();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void file_linkAtItsPlace_isReplacedAndNotFollowed(AtExitControl control) throws IOException {
        Path other = Files.writeString(directory.resolve("other"), "mine");
        Files.createSymbolicLink(file(), other);
        reportTo(file());
        control.exit();
        assertThat(other).hasContent("mine");
        assertThat(Files.isSymbolicLink(file())).isFalse();
        read(file());
    }

    @Test
    void file_cannotBeWritten_isOneLineAndTheExitGoesOn(AtExitControl control) throws IOException {
        Path missing = directory.resolve("missing").resolve("exit.json");
        reportTo(missing);
        AtExit.register("a", () -> {});
        assertThat(control.exit().isClean()).isTrue();
        assertThat(err.lines())
                .singleElement()
                .asString()
                .startsWith("[atexit] the report could not be written to " + missing + ": ");
        assertThat(names()).isEmpty();
    }

    @Test
    void file_isADirectory_isOneLineAndTheDirectoryStays(AtExitControl control) throws IOException {
        Files.createDirectory(file());
        reportTo(file());
        control.exit();
        assertThat(err.lines()).singleElement().asString().contains("is a directory");
        assertThat(names()).containsExactly("exit.json");
    }

    @Test
    void reportFile_empty_isRefused() {
        assertThatThrownBy(() -> ExitPolicy.builder().reportFile(Path.of("")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("reportFile must not be empty");
    }

    @Test
    void names_hostile_areInTheReportAsTheyAre(AtExitControl control) throws IOException {
        List<String> names = List.of("a\nb", "\u202egnp.exe", "<script>", "\ud83d\ude00", "\u0000\u001b[31m", "\"\\/");
        reportTo(file());
        for (String name : names) {
            AtExit.register(name, () -> {});
        }
        control.exit();
        assertThat(texts(read(file()).get("entries"), "name")).containsExactlyInAnyOrderElementsOf(names);
    }
}
