package dev.atexit.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.atexit.report.RecordedExit.Cause;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {
    private static final String ENTRY = "{\"name\":\"n\",\"kind\":\"handler\",\"outcome\":\"skipped\"}";

    @TempDir
    private Path directory;

    @Test
    void report_ofAService_isReadWhole() throws IOException {
        RecordedExit exit = Samples.sample("service.json");

        assertThat(exit.program().command()).contains("com.example.orders.Main");
        assertThat(exit.reason().kind()).isEqualTo(Cause.SIGNAL);
        assertThat(exit.startedAt()).isEqualTo(Instant.parse("2026-11-25T14:02:07.318Z"));
        assertThat(exit.deadlineNanos()).hasValue(6_000_000_000L);
        assertThat(exit.clean()).isFalse();
        Entry services =
                exit.entries().stream().filter(Entry::isGroup).findFirst().orElseThrow();
        assertThat(services.entries()).hasSize(6);
        assertThat(services.others()).isEqualTo(4);
        Entry failed = services.entries().stream()
                .filter(entry -> entry.outcome() == Outcome.FAILED)
                .findFirst()
                .orElseThrow();
        assertThat(failed.after()).containsExactly("http server");
        assertThat(failed.error().orElseThrow().cause().orElseThrow().omitted()).isEqualTo(3);
        assertThat(failed.error().orElseThrow().suppressed()).hasSize(1);
        Entry left = exit.entries().stream()
                .filter(entry -> entry.outcome() == Outcome.LEFT_BEHIND)
                .findFirst()
                .orElseThrow();
        assertThat(left.stall().orElseThrow().owner().orElseThrow().thread()).isEqualTo("ledger-writer");
        assertThat(left.stall().orElseThrow().deadlock()).hasSize(2);
    }

    @Test
    void fields_unknown_areIgnoredWhateverTheyAre() throws IOException {
        String entry = ENTRY.replace("}", ",\"later\":{\"name\":[1,{\"a\":null}]},\"later\":2}");

        RecordedExit exit = Samples.read(Samples.withEntries(entry, ",\"new\":[[1.5e9,true]],\"new\":\"twice\""));

        assertThat(exit.entries()).hasSize(1);
    }

    @Test
    void fields_inAnyOrder_areRead() throws IOException {
        String json = Samples.withEntries(ENTRY).replace("{\"format\":\"atexit-report\",\"version\":1,", "{");

        RecordedExit exit =
                Samples.read(json.substring(0, json.length() - 1) + ",\"version\":1,\"format\":\"atexit-report\"}");

        assertThat(exit.entries()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2", "9223372036854775807"})
    void version_other_isRefusedByItsNumber(String version) {
        ReportFormatException refused =
                refused("{\"format\": \"atexit-report\",\n \"version\": " + version + ", \"entries\": 5}");

        assertThat(refused)
                .hasMessageContaining("a report of version " + version)
                .hasMessageContaining("only version 1");
        assertThat(refused.line()).isEqualTo(2);
        assertThat(refused.column()).isEqualTo(13);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|line 1, column 1: nothing is in it",
                "{}|line 1, column 1: no report of an exit: it has no \"format\"",
                "{\"entries\": {}}|line 1, column 1: no report of an exit: it has no \"format\"",
                "{\"format\": \"other\"}|line 1, column 12: no report of an exit: its \"format\" is not",
                "[]|line 1, column 1: the report of an exit is not an object, but an array",
                "null|line 1, column 1: the report of an exit is not an object, but null",
                "{\"format\": \"atexit-report\"}|line 1, column 1: the report of an exit has no \"version\"",
                "{\"format\": \"atexit-report\"|line 1, column 27: no JSON: Unexpected end-of-input",
                "<html>|line 1, column 1: no JSON: Unexpected character ('<'",
                "{\"format\": \"atexit-report\", \"format\": \"atexit-report\"}|has \"format\" twice",
            })
    void text_thatIsNoReport_isRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> Samples.read(json))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"name\":\"n\"|\"name\":5|name is not a string, but an integer",
                "\"name\":\"n\"|\"name\":null|name is not a string, but null",
                "\"name\":\"n\",||an entry has no \"name\"",
                "\"skipped\"|\"dropped\"|\"outcome\" of an entry is none of version 1",
                "\"skipped\"|\"ran\"|an entry has no \"startNanos\"",
                "\"name\"|\"startNanos\":-1,\"name\"|startNanos is not between 0 and 9223372036854775807",
                "\"name\"|\"startNanos\":9223372036854775808,\"name\"|startNanos is not between",
                "\"name\"|\"startNanos\":1e3,\"name\"|startNanos is not an integer, but a number with a point",
                "\"name\"|\"name\":\"m\",\"name\"|an entry has \"name\" twice",
                "\"name\"|\"after\":[\"a\",1],\"name\"|a name in \"after\" is not a string",
                "\"name\"|\"registeredAt\":\"today\",\"name\"|registeredAt is not a time",
                "\"name\"|\"stall\":{},\"name\"|stall has no \"frames\"",
                "\"name\"|\"error\":{\"type\":\"t\"},\"name\"|error has no \"frames\"",
                "\"name\"|\"entries\":[5],\"name\"|an entry is not an object, but an integer",
            })
    void entry_thatIsWrong_isRefused(String there, String instead, String message) {
        String wrong = ENTRY.replace(there, instead == null ? "" : instead);

        assertThatThrownBy(() -> Samples.read(Samples.withEntries(wrong)))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageStartingWith("line 1, column ")
                .hasMessageContaining(message);
    }

    @Test
    void number_ofAMillionDigits_isRefused() {
        String entry = ENTRY.replace("\"name\"", "\"startNanos\":" + "9".repeat(1_000_000) + ",\"name\"");

        assertThat(refused(Samples.withEntries(entry))).hasMessageContaining("exceeds the maximum allowed (");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "{\"entries\":["})
    void nesting_deep_isRefused(String open) {
        assertThat(refused(Samples.withEntries(ENTRY, ",\"new\":" + open.repeat(100_000))))
                .hasMessageContaining("nesting depth");
    }

    @Test
    void registries_nestedDeeply_areRefused() {
        String open = "{\"name\":\"n\",\"kind\":\"registry\",\"outcome\":\"skipped\",\"entries\":[";

        assertThat(refused(Samples.withEntries(open.repeat(10_000)))).hasMessageContaining("nesting depth");
    }

    @Test
    void entries_aHundredMegabytes_areRefusedWithoutKeepingThem() {
        byte[] head = Samples.withEntries("").replaceAll("]}$", "").getBytes(StandardCharsets.UTF_8);
        byte[] entry = (ENTRY + ",").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ReportReader.read(endless(head, entry)))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageContaining("more than 100000 entries");
    }

    @Test
    void frames_aHundredMegabytes_areRefusedWithinTheRoomThatThereIs() {
        byte[] head = Samples.withEntries("")
                .replaceAll("]}$", "{\"name\":\"n\",\"stall\":{\"frames\":[")
                .getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> ReportReader.read(endless(head, "\"\",".getBytes(StandardCharsets.UTF_8)), 10 << 20))
                .isInstanceOf(ReportFormatException.class)
                .hasMessageContaining("more than 10 MB of memory");
    }

    private static InputStream endless(byte[] head, byte[] again) {
        Enumeration<InputStream> forever = new Enumeration<>() {
            private boolean begun;

            @Override
            public boolean hasMoreElements() {
                return true;
            }

            @Override
            public InputStream nextElement() {
                byte[] next = begun ? again : head;
                begun = true;
                return new ByteArrayInputStream(next);
            }
        };
        return new SequenceInputStream(forever);
    }

    @Test
    void bytes_thatAreNotUtf8_areRefusedWithTheirPlace() {
        String report = Samples.withEntries(ENTRY.replace("\"n\"", "\"\u00ff\""));
        byte[] bytes = ("\n\n" + report).getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> ReportReader.read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(ReportFormatException.class)
                .hasMessage("line 3, column " + (report.indexOf('\u00ff') + 1) + ": not UTF-8");
    }

    @Test
    void bytes_anyChangeOfAReport_isReadOrRefused() throws IOException {
        byte[] report = Samples.text("service.json").getBytes(StandardCharsets.UTF_8);
        Random random = new Random(4711);
        for (int i = 0; i < 4_000; i++) {
            byte[] changed = report.clone();
            int length = random.nextInt(4) == 0 ? random.nextInt(changed.length) : changed.length;
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                ReportReader.read(new ByteArrayInputStream(changed, 0, length));
            } catch (ReportFormatException refused) {
                assertThat(refused.line()).isPositive();
                assertThat(refused.column()).isPositive();
                assertThat(refused).hasMessageNotContaining("Source");
            }
        }
    }

    @Test
    void bytes_ofEveryEncodingMark_areReadOrRefused() throws IOException {
        for (String start : List.of(
                "0000feff",
                "fffe0000",
                "0000fffe",
                "feff0000",
                "feff",
                "fffe",
                "efbbbf",
                "00007b00",
                "7b000000",
                "00")) {
            byte[] bytes = HexFormat.of().parseHex(start + "7b22");
            assertThatThrownBy(() -> ReportReader.read(new ByteArrayInputStream(bytes)))
                    .isInstanceOf(ReportFormatException.class);
        }
    }

    @Test
    void surrogate_alone_isKept() throws IOException {
        String entry = ENTRY.replace("\"n\"", "\"a\\ud800b\"");

        assertThat(Samples.read(Samples.withEntries(entry)).entries().get(0).name())
                .isEqualTo("a\ud800b");
    }

    @Test
    void text_behindTheReport_isRefused() {
        assertThat(refused(Samples.withEntries(ENTRY) + "\n{}"))
                .hasMessage("line 2, column 1: there is more after the end of the report");
    }

    @Test
    void file_read_isTheSame() throws IOException {
        Path file = Files.writeString(directory.resolve("exit.json"), Samples.text("clean.json"));

        assertThat(ReportReader.read(file)).isEqualTo(Samples.sample("clean.json"));
    }

    private static ReportFormatException refused(String json) {
        ReportFormatException refused = catchThrowableOfType(ReportFormatException.class, () -> Samples.read(json));
        assertThat(refused).isNotNull();
        return refused;
    }
}
