package dev.atexit.agent.internal;

import dev.atexit.internal.report.ReportFile;
import dev.atexit.report.ReportReader;
import dev.atexit.report.html.HtmlPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** A report as a page. */
final class PageForm implements ReportFile.Form, Runnable {
    private static final String EXAMPLE =
            "{\"format\":\"atexit-report\",\"version\":1,\"writer\":\"\",\"complete\":true,"
                    + "\"program\":{\"pid\":1,\"java\":\"\"},\"reason\":{\"kind\":\"end-of-main\",\"text\":\"\"},"
                    + "\"startedAt\":\"2026-01-01T00:00:00.000Z\",\"durationNanos\":2,\"clean\":false,\"others\":0,"
                    + "\"entries\":[{\"name\":\"a\",\"kind\":\"hook\",\"outcome\":\"left-behind\",\"startNanos\":0,"
                    + "\"durationNanos\":1,\"thread\":\"a\",\"stall\":{\"frames\":[\"a\"]}}]}";

    /** Makes a page of nothing: past the deadline there is too little time to load what that needs. */
    @Override
    public void run() {
        try {
            write(EXAMPLE.getBytes(StandardCharsets.UTF_8), OutputStream.nullOutputStream());
        } catch (IOException | RuntimeException | Error broken) {
            // It is said when the page itself cannot be made.
            return;
        }
    }

    @Override
    public void write(byte[] json, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        HtmlPage.of(ReportReader.read(new ByteArrayInputStream(json))).writeTo(writer);
        writer.flush();
    }
}
