package dev.atexit.report.html;

import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.timeline.Line;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** All entries, as text. */
final class EntryTable {
    private static final int NAME = 200;
    private static final int WHOLE = 20_000;

    private final Markup markup;
    private final Timeline timeline;
    private final List<Line> lines;
    private final Set<Integer> explained;

    EntryTable(Markup markup, Timeline timeline, List<Line> lines, Set<Integer> explained) {
        this.markup = markup;
        this.timeline = timeline;
        this.lines = lines;
        this.explained = explained;
    }

    void write() throws IOException {
        markup.open("section", "aria-labelledby", "entries").line();
        markup.element("h2", "All entries", "id", "entries").line();
        markup.open("table").open("thead").open("tr");
        for (String heading : List.of("Name", "Outcome", "Started", "Waited", "Ran", "Thread", "Kind")) {
            markup.element("th", heading, "scope", "col");
        }
        markup.close("tr").close("thead").open("tbody").line();
        for (Line line : lines) {
            if (line instanceof Line.One one) {
                write(one.row());
            } else if (line instanceof Line.Rest rest) {
                write(rest);
            }
        }
        markup.close("tbody").close("table").line();
        others();
        markup.close("section").line();
    }

    private void others() throws IOException {
        if (timeline.others() > 0) {
            note(Shown.count(timeline.others(), "further handler") + " ran that had no name, in at most 1 ms each.");
        }
        if (timeline.omitted() > 0) {
            note(Shown.grouped(timeline.omitted()) + " more are not in the report, which has bounds.");
        }
    }

    private void note(String text) throws IOException {
        markup.element("p", text, "class", "note").line();
    }

    private void write(Row row) throws IOException {
        Entry entry = row.entry();
        boolean started = entry.outcome().isStarted();
        markup.open("tr", "id", "e" + row.number(), "class", row.critical() ? "crit" : "");
        markup.open("th", "scope", "row", "style", row.depth() == 0 ? "" : "--d:" + Math.min(row.depth(), 8));
        name(entry);
        markup.close("th");
        markup.open(
                "td", "data-l", "Outcome", "class", "outcome " + entry.outcome().word());
        if (explained.contains(row.number())) {
            markup.element("a", Words.outcome(entry.outcome()), "href", "#t" + row.number());
        } else {
            markup.text(Words.outcome(entry.outcome()));
        }
        markup.close("td");
        cell("Started", started ? Shown.duration(row.startNanos()) : "", "n");
        cell("Waited", row.waitNanos() > 0 ? Shown.duration(row.waitNanos()) : "", "n");
        cell("Ran", started ? Shown.duration(row.durationNanos()) : "", "n");
        cell("Thread", entry.thread().map(thread -> Shown.cut(thread, NAME)).orElse(""), "");
        cell("Kind", Shown.cut(entry.kind(), NAME), "");
        markup.close("tr").line();
    }

    private void name(Entry entry) throws IOException {
        markup.element("bdi", Shown.name(entry.name(), NAME));
        boolean more = entry.name().length() > NAME
                || entry.site().isPresent()
                || entry.registeredAt().isPresent()
                || entry.timeoutNanos().isPresent()
                || !entry.after().isEmpty();
        if (!more) {
            return;
        }
        markup.open("details").element("summary", "more").open("dl");
        if (entry.name().length() > NAME) {
            fact("Whole name", Shown.cut(entry.name(), WHOLE));
        }
        if (!entry.after().isEmpty()) {
            fact("After", Card.waitedFor(entry).substring(" for ".length()));
        }
        if (entry.timeoutNanos().isPresent()) {
            fact("Timeout", Shown.duration(entry.timeoutNanos().getAsLong()));
        }
        if (entry.registeredAt().isPresent()) {
            fact("Registered", entry.registeredAt().get().toString());
        }
        if (entry.site().isPresent()) {
            fact("Registered by", Shown.cut(entry.site().get(), 2000));
        }
        markup.close("dl").close("details");
    }

    private void fact(String term, String text) throws IOException {
        markup.open("div").element("dt", term).element("dd", text).close("div");
    }

    private void cell(String heading, String text, String kind) throws IOException {
        markup.element("td", text, "class", kind, "data-l", heading);
    }

    private void write(Line.Rest rest) throws IOException {
        markup.open("tr", "class", "rest").open("td", "colspan", "7");
        markup.text("and " + Shown.grouped(rest.count()) + " more, at most " + Shown.duration(rest.longestNanos())
                + " each; all of them are in the report itself");
        markup.close("td").close("tr").line();
    }
}
