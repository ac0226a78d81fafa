package dev.atexit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCommandTest {
    private static final Path SERVICE =
            Path.of("..", "atexit-report", "src", "test", "resources", "dev", "atexit", "report", "service.json");

    @TempDir
    private Path directory;

    private Path report;

    @BeforeEach
    void copyReport() throws IOException {
        report = Files.copy(SERVICE, directory.resolve("service.json"));
    }

    @Test
    void page_withoutAName_isBesideTheReport() throws IOException {
        CommandRun run = CommandRun.of("report", report.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.lines())
                .containsExactly(directory.resolve("service.html").toString());
        assertThat(directory.resolve("service.html"))
                .content()
                .startsWith("<!DOCTYPE html>")
                .endsWith("</html>\n");
        assertThat(names()).containsExactlyInAnyOrder("service.json", "service.html");
    }

    @Test
    void page_overAnotherFile_takesItsPlace() throws IOException {
        Path page = Files.writeString(directory.resolve("page"), "x".repeat(1_000_000));

        assertThat(CommandRun.of("report", report.toString(), "-o", page.toString())
                        .status())
                .isZero();

        assertThat(page).content().startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    }

    @Test
    void page_overALink_leavesTheLink() throws IOException {
        Path page = Files.writeString(directory.resolve("page"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), page);

        assertThat(CommandRun.of("report", report.toString(), "-o", link.toString())
                        .status())
                .isZero();

        assertThat(link).isSymbolicLink();
        assertThat(page).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void page_toStandardOutput_isTheOnlyThingThere() throws IOException {
        CommandRun run = CommandRun.of("report", report.toString(), "-o", "-");

        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
        assertThat(names()).containsExactly("service.json");
    }

    @Test
    void page_whereItCannotBe_isStatus1AndOneLine() throws IOException {
        Path nowhere = directory.resolve("none").resolve("page.html");

        CommandRun run = CommandRun.of("report", report.toString(), "-o", nowhere.toString());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("atexit: " + nowhere + ": there is no such directory" + System.lineSeparator());
        assertThat(CommandRun.of("report", report.toString(), "-o", directory.toString())
                        .status())
                .isEqualTo(1);
        assertThat(names()).containsExactly("service.json");
    }

    @Test
    void page_overTheReport_isRefused() throws IOException {
        String before = Files.readString(report);

        CommandRun run = CommandRun.of("report", report.toString(), "-o", report.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("is the report itself");
        assertThat(report).hasContent(before);
    }

    @Test
    void page_ofAReportWithoutTheEnding_hasOneMore() throws IOException {
        Path plain = Files.copy(report, directory.resolve("exit"));

        CommandRun run = CommandRun.of("report", plain.toString());

        assertThat(run.lines()).containsExactly(directory.resolve("exit.html").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "<html>", "{\"a\": 1}", "[1]", "{\"format\": \"atexit-report\", \"version\": 2}"})
    void file_thatIsNoReport_isStatus2WithItsPlaceInOneLine(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("x.json"), text);

        for (List<String> words :
                List.of(List.of("report", file.toString()), List.of("report", "--text", file.toString()))) {
            CommandRun run = CommandRun.of(words.toArray(String[]::new));

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).startsWith("atexit: " + file + ": line 1, column ");
            assertThat(run.err().lines()).hasSize(1);
        }
        assertThat(names()).containsExactlyInAnyOrder("service.json", "x.json");
    }

    @Test
    void file_thatCannotBeRead_isStatus2AndNamed() {
        Path none = directory.resolve("none.json");

        CommandRun run = CommandRun.of("report", none.toString());

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("atexit: " + none + ": there is no such file" + System.lineSeparator());
        assertThat(CommandRun.of("report", directory.toString()).err())
                .isEqualTo("atexit: " + directory + ": is a directory" + System.lineSeparator());
    }

    @Test
    void text_ofAService_saysWhatThePageSays() {
        CommandRun run = CommandRun.of("report", "--text", report.toString());

        assertThat(run.status()).isZero();
        assertThat(run.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(run.out())
                .contains(
                        "com.example.orders.Main ended in 5.04 s",
                        "The signal TERM told it to end.",
                        "1 failed, 1 timed out, 1 was left behind and 1 never started.",
                        "* order consumer",
                        "session cache failed after 38.9 ms: java.io.UncheckedIOException: cannot write",
                        "at com.example.orders.Ledger.close(Ledger.java:77)",
                        "deadlock");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-SA", "de-DE"})
    void output_underAnotherLocale_isTheSame(String locale) {
        assertThat(CommandRun.under(locale, "report", "--text", report.toString()))
                .isEqualTo(CommandRun.of("report", "--text", report.toString()));
        assertThat(CommandRun.under(locale, "report", "-o", "-", report.toString()))
                .isEqualTo(CommandRun.of("report", "-o", "-", report.toString()));
    }

    @Test
    void options_thatExclude_areStatus2() {
        assertThat(CommandRun.of("report", report.toString(), "--text", "-o", "x")
                        .status())
                .isEqualTo(2);
        assertThat(CommandRun.of("report").status()).isEqualTo(2);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }
}
