package dev.atexit.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.cli.output.Columns;
import dev.atexit.report.RecordedExit;
import dev.atexit.report.ReportReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextReportTest {
    private static final String HEAD = "{\"format\":\"atexit-report\",\"version\":1,\"writer\":\"w\",\"complete\":true,"
            + "\"program\":{\"pid\":1,\"java\":\"17\"},\"reason\":{\"kind\":\"end-of-main\",\"text\":\"t\"},"
            + "\"startedAt\":\"2026-01-31T23:59:59.123Z\",\"durationNanos\":1000,\"clean\":true,\"others\":0,"
            + "\"entries\":[";

    static List<String> names() {
        return List.of(
                "",
                "a\nb\tc\u0000\u001b[31m\u0085\u2028",
                "abc\u202efed\u2066x\u061c",
                "שלום عربي",
                "👩‍💻🇸🇪é数据库",
                "\ud800",
                "\ufffe",
                "x".repeat(10_000),
                "数".repeat(10_000),
                "👩".repeat(5_000),
                "<script>]]>\"'");
    }

    private static String entry(String name, String outcome, long start, long duration) {
        StringBuilder quoted = new StringBuilder();
        for (char c : name.toCharArray()) {
            quoted.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
        }
        return "{\"name\":\"" + quoted + "\",\"kind\":\"handler\",\"outcome\":\"" + outcome + "\",\"startNanos\":"
                + start
                + ",\"durationNanos\":" + duration + ",\"error\":{\"type\":\"" + quoted + "\",\"message\":\"" + quoted
                + "\",\"frames\":[\"" + quoted + "\"]}}";
    }

    private static List<String> lines(TextForm form, String... entries) throws IOException {
        byte[] json = (HEAD + String.join(",", entries) + "]}").getBytes(StandardCharsets.UTF_8);
        RecordedExit exit = ReportReader.read(new ByteArrayInputStream(json));
        StringWriter out = new StringWriter();
        PrintWriter printer = new PrintWriter(out);
        new TextReport(exit, form, printer).print();
        printer.flush();
        return out.toString().lines().toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void name_any_fitsAndMovesNothing(String name) throws IOException {
        String[] entries = {
            entry(name, "ran", 0, 500), entry(name, "failed", 500, 400), entry(name, "left-behind", 900, 90)
        };

        assertThat(lines(new TextForm(80, true, false), entries))
                .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(80))
                .allSatisfy(line -> assertThat(line.codePoints())
                        .noneMatch(c -> Character.isISOControl(c)
                                || (c >= 0xd800 && c <= 0xdfff)
                                || (c >= 0x202a && c <= 0x202e)));
        assertThat(lines(new TextForm(80, false, false), entries))
                .allSatisfy(line -> assertThat(line).matches("[ -~]{0,80}"));
    }

    @Test
    void bars_standWhereTheReportSays() throws IOException {
        List<String> lines =
                lines(new TextForm(100, false, false), entry("aaaa", "ran", 0, 500), entry("bbbb", "failed", 500, 250));

        String first = lines.stream()
                .filter(line -> line.startsWith("* aaaa"))
                .findFirst()
                .orElseThrow();
        String second = lines.stream()
                .filter(line -> line.startsWith("* bbbb"))
                .findFirst()
                .orElseThrow();
        int plot = 100 - 8 - 12;
        assertThat(first.indexOf('#')).isEqualTo(20);
        assertThat(first.lastIndexOf('#')).isEqualTo(20 + plot / 2 - 1);
        assertThat(second.indexOf('x')).isEqualTo(20 + plot / 2);
        assertThat(second).endsWith("x failed").contains("x".repeat(plot / 4));
    }

    @Test
    void colour_wanted_isThereAndEnds() throws IOException {
        List<String> lines = lines(new TextForm(80, true, true), entry("a", "failed", 0, 500));

        assertThat(lines.get(0)).startsWith("\u001b[1m").endsWith("\u001b[0m");
        assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("\u001b[31m"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "utf8", "UTF8"})
    void encoding_ofUnicode_isKnown(String encoding) {
        assertThat(TextForm.isUnicode(encoding)).isTrue();
        assertThat(TextForm.isUnicode("ANSI_X3.4-1968")).isFalse();
        assertThat(TextForm.isUnicode(null)).isFalse();
    }
}
