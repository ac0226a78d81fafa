package dev.atexit.report;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reports to read. */
public final class Samples {
    /** All of them. */
    public static final List<String> NAMES = List.of("service.json", "clean.json", "cut-short.json", "uncaught.json");

    private static final String HEAD = "{\"format\":\"atexit-report\",\"version\":1,\"writer\":\"w\",\"complete\":true,"
            + "\"program\":{\"pid\":1,\"java\":\"17\"},\"reason\":{\"kind\":\"end-of-main\",\"text\":\"t\"},"
            + "\"startedAt\":\"2026-01-31T23:59:59.123Z\",\"durationNanos\":1000,\"clean\":true,\"others\":0";

    private Samples() {}

    public static String text(String name) throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no sample " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static RecordedExit sample(String name) throws IOException {
        return read(text(name));
    }

    public static RecordedExit read(String json) throws IOException {
        return ReportReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** A small report with these entries, and perhaps more fields behind them. */
    public static String withEntries(String entries, String... more) {
        return HEAD + ",\"entries\":[" + entries + "]" + String.join("", more) + "}";
    }
}
