package dev.atexit.report.html;

import dev.atexit.report.RecordedExit;
import dev.atexit.report.timeline.Line;
import dev.atexit.report.timeline.Lines;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An exit as a page: one file without scripts, that needs no other file and no network.
 *
 * <pre>{@code
 * try (Writer out = Files.newBufferedWriter(Path.of("exit.html"))) {
 *     HtmlPage.of(exit).writeTo(out);
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Immutable. <b>Ordering.</b> Bars stand in the order in which the handlers started. <b>Not
 * guaranteed.</b> The markup may change with any version: a program reads the report, not the page. Of more than 2,000
 * entries those that matter least are drawn as one.
 */
public final class HtmlPage {
    private static final int MOST_BARS = 2_000;
    private static final int MOST_ROWS = 5_000;
    private static final String STYLE = "page.css";

    private final RecordedExit exit;

    private HtmlPage(RecordedExit exit) {
        this.exit = exit;
    }

    /**
     * The page of an exit.
     *
     * @param exit what the report says
     * @return its page
     */
    public static HtmlPage of(RecordedExit exit) {
        return new HtmlPage(exit);
    }

    /**
     * Writes the page, which says that it is UTF-8.
     *
     * @param out where to
     * @throws IOException if that cannot be written to
     */
    public void writeTo(Appendable out) throws IOException {
        Timeline timeline = Timeline.of(exit);
        Markup markup = new Markup(out);
        markup.raw("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\" dir=\"ltr\">\n<head>\n");
        markup.raw("<meta charset=\"utf-8\"/>\n");
        markup.raw("<meta http-equiv=\"Content-Security-Policy\""
                + " content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
        markup.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
        markup.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
        markup.element("title", Words.program(exit) + " ended in " + Shown.duration(exit.durationNanos()))
                .line();
        markup.raw("<style>\n").raw(style()).raw("</style>\n</head>\n<body>\n");
        Head head = new Head(markup, timeline);
        head.write();
        markup.raw("<main>\n");
        head.slowest();
        timeline(markup, timeline);
        new Troubles(markup, timeline).write();
        table(markup, timeline);
        markup.raw("</main>\n");
        markup.open("footer")
                .element(
                        "p",
                        "Written by " + Shown.cut(exit.writer(), 120) + ". Times count from the beginning of the exit.")
                .close("footer");
        markup.raw("\n</body>\n</html>\n");
    }

    private static void timeline(Markup markup, Timeline timeline) throws IOException {
        if (timeline.rows().isEmpty()) {
            return;
        }
        List<Line> lines = Lines.of(timeline, MOST_BARS);
        markup.open("section", "aria-labelledby", "timeline").line();
        markup.element("h2", "Timeline", "id", "timeline").line();
        new Legend(markup, timeline).write();
        if (timeline.rows().size() > MOST_BARS) {
            markup.element(
                    "p",
                    "There are " + Shown.grouped(timeline.rows().size()) + " entries. The " + Shown.grouped(MOST_BARS)
                            + " that matter most have a bar of their own: those that decided how long it took, those"
                            + " that went wrong, and the longest. The others are drawn as one.",
                    "class",
                    "note");
        }
        new Chart(markup, timeline, lines).write();
        markup.close("section").line();
    }

    private static void table(Markup markup, Timeline timeline) throws IOException {
        if (!timeline.rows().isEmpty() || timeline.others() > 0) {
            Set<Integer> explained = timeline.troubles().stream()
                    .limit(Troubles.MOST)
                    .map(Row::number)
                    .collect(Collectors.toSet());
            new EntryTable(markup, timeline, Lines.of(timeline, MOST_ROWS), explained).write();
        }
    }

    private static String style() throws IOException {
        try (InputStream in = HtmlPage.class.getResourceAsStream(STYLE)) {
            if (in == null) {
                throw new IOException(STYLE + " is missing beside " + HtmlPage.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
