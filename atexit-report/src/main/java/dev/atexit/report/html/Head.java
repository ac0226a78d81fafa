package dev.atexit.report.html;

import dev.atexit.report.RecordedExit;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What there is to know first: how long it took, why it ended, how it went, and who was slow. */
final class Head {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int MOST_SLOW = 5;
    private static final int MOST_WARNINGS = 100;

    private final Markup markup;
    private final Timeline timeline;
    private final RecordedExit exit;

    Head(Markup markup, Timeline timeline) {
        this.markup = markup;
        this.timeline = timeline;
        exit = timeline.exit();
    }

    void write() throws IOException {
        markup.open("header").line();
        markup.element("p", "Report of an exit", "class", "over-title");
        markup.open("h1")
                .element("span", Words.program(exit), "class", "program")
                .raw(" ended in ")
                .element("span", Shown.duration(exit.durationNanos()), "class", "took")
                .close("h1")
                .line();
        markup.element("p", Words.reason(exit), "class", "reason").line();
        boolean good = exit.clean() && exit.complete();
        markup.open("p", "class", good ? "verdict good" : "verdict bad")
                .raw(good ? GOOD : BAD)
                .element("span", Words.verdict(timeline))
                .close("p")
                .line();
        warnings();
        markup.open("dl", "class", "facts");
        fact("Process", Long.toString(exit.program().pid()));
        fact("Java", Shown.cut(exit.program().java(), 60));
        fact("Began", TIME.format(exit.startedAt()) + " UTC");
        fact("Handlers", Shown.grouped(timeline.handlers()));
        fact("Deadline", Words.deadline(exit));
        markup.close("dl").line();
        markup.close("header").line();
    }

    private static final String GOOD =
            "<svg width=\"18\" height=\"18\" aria-hidden=\"true\"><circle cx=\"9\" cy=\"9\" r=\"8\"/><path d=\"M5 9.3L8 12L13 6.4\"/></svg>";

    private static final String BAD =
            "<svg width=\"18\" height=\"18\" aria-hidden=\"true\"><path class=\"sign\" d=\"M9 1.6L17 16.2H1Z\"/><path d=\"M9 6.6V11M9 13V14.2\"/></svg>";

    private void warnings() throws IOException {
        if (!exit.warnings().isEmpty()) {
            markup.open("ul", "class", "warnings");
            for (String warning : exit.warnings()
                    .subList(0, Math.min(MOST_WARNINGS, exit.warnings().size()))) {
                markup.element("li", Shown.cut(warning, 2000));
            }
            if (exit.warnings().size() > MOST_WARNINGS) {
                markup.element("li", "and " + Shown.grouped(exit.warnings().size() - MOST_WARNINGS) + " more");
            }
            markup.close("ul").line();
        }
    }

    private void fact(String term, String text) throws IOException {
        markup.open("div").element("dt", term).element("dd", text).close("div");
    }

    /** The slowest of those that decided how long it took. */
    void slowest() throws IOException {
        List<Row> slow = timeline.path().stream()
                .sorted(Comparator.comparingLong(Row::durationNanos).reversed())
                .limit(MOST_SLOW)
                .filter(row -> row.durationNanos() > 0)
                .toList();
        if (slow.isEmpty()) {
            return;
        }
        Axis share = new Axis(Math.max(1, exit.durationNanos()));
        markup.open("section", "aria-labelledby", "slow").line();
        markup.element("h2", "Where the time went", "id", "slow");
        markup.open("ol", "class", "slow").line();
        for (Row row : slow) {
            markup.open("li").open("a", "href", "#e" + row.number());
            markup.element("span", Shown.name(row.entry().name(), 200), "class", "name");
            markup.element("span", Shown.duration(row.durationNanos()), "class", "took");
            markup.element("span", Words.share(row, exit), "class", "share");
            markup.open("span", "class", "meter", "aria-hidden", "true")
                    .element("i", "", "style", "width:" + share.width(row.startNanos(), row.endNanos()))
                    .close("span");
            markup.close("a").close("li").line();
        }
        markup.close("ol");
        int more = timeline.path().size() - slow.size();
        if (more > 0) {
            boolean all = timeline.path().size() == timeline.handlers();
            markup.element(
                    "p",
                    "These are the slowest of " + Shown.count(timeline.path().size(), "handler")
                            + (all
                                    ? ", all of which decided how long it took."
                                    : " on the critical path: a change of any other one would not have made the exit"
                                            + " shorter."),
                    "class",
                    "note");
        }
        markup.close("section").line();
    }
}
