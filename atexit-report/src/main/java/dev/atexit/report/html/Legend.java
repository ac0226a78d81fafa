package dev.atexit.report.html;

import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.io.IOException;

/** What the shapes of a timeline mean: of those that are in it. */
final class Legend {
    private final Markup markup;
    private final Timeline timeline;

    Legend(Markup markup, Timeline timeline) {
        this.markup = markup;
        this.timeline = timeline;
    }

    void write() throws IOException {
        markup.open("ul", "class", "legend");
        item("crit", "on the critical path: decided how long it took");
        if (timeline.rows().stream()
                .anyMatch(row -> !row.critical() && row.entry().outcome() == Outcome.RAN)) {
            item("ran", "ran beside it");
        }
        if (timeline.rows().stream().anyMatch(row -> row.waitNanos() > 0)) {
            item("wait", "waited");
        }
        if (timeline.rows().stream().anyMatch(row -> row.entry().isGroup())) {
            item("registry", "a registry, over its entries");
        }
        for (Outcome outcome : Outcome.values()) {
            if (outcome != Outcome.RAN && timeline.rows().stream().anyMatch(row -> is(row, outcome))) {
                item(outcome.isStarted() ? outcome.word() : "never", Words.outcome(outcome));
            }
        }
        if (timeline.nearDeadline().isPresent()) {
            item(
                    "deadline",
                    "the deadline, " + Shown.duration(timeline.nearDeadline().getAsLong()));
        }
        markup.close("ul").line();
    }

    private static boolean is(Row row, Outcome outcome) {
        return row.entry().outcome() == outcome && !(row.entry().isGroup() && outcome.isStarted());
    }

    private void item(String kind, String text) throws IOException {
        markup.open("li").raw(Shapes.sample(kind)).text(text).close("li");
    }
}
