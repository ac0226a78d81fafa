package dev.atexit.cli.report;

import dev.atexit.cli.output.Colour;
import dev.atexit.cli.output.Columns;
import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.timeline.Line;
import dev.atexit.report.timeline.Lines;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exit for the terminal: the same facts as on its page. */
final class TextReport {
    private static final int MOST_LINES = 500;
    private static final int MOST_SLOW = 5;
    private static final int MOST_TROUBLES = 100;
    private static final int MOST_WARNINGS = 100;
    private static final int DURATION = 10;

    private final RecordedExit exit;
    private final Timeline timeline;
    private final TextForm form;
    private final PrintWriter out;

    TextReport(RecordedExit exit, TextForm form, PrintWriter out) {
        this.exit = exit;
        this.form = form;
        this.out = out;
        timeline = Timeline.of(exit);
    }

    void print() {
        say(Colour.BOLD, Words.program(exit) + " ended in " + Shown.duration(exit.durationNanos()));
        say(null, Words.reason(exit));
        say(exit.clean() && exit.complete() ? Colour.GREEN : Colour.RED, Words.verdict(timeline));
        say(
                null,
                "Process " + exit.program().pid() + ", Java "
                        + Shown.cut(exit.program().java(), 60) + ", began " + exit.startedAt() + ", deadline: "
                        + Words.deadline(exit) + ".");
        for (String warning : exit.warnings()
                .subList(0, Math.min(MOST_WARNINGS, exit.warnings().size()))) {
            say(Colour.YELLOW, Shown.cut(warning, 2000));
        }
        slowest();
        bars();
        new TextTroubles(form, out).print(timeline, MOST_TROUBLES);
    }

    private void slowest() {
        List<Row> path = timeline.path();
        List<Row> slow = path.stream()
                .sorted(Comparator.comparingLong(Row::durationNanos).reversed())
                .limit(MOST_SLOW)
                .filter(row -> row.durationNanos() > 0)
                .toList();
        if (!slow.isEmpty()) {
            heading("Where the time went");
            for (Row row : slow) {
                String left =
                        right(Shown.duration(row.durationNanos()), DURATION) + right(Words.share(row, exit), 7) + "  ";
                line(null, left + Shown.name(row.entry().name(), form.width()));
            }
        }
    }

    private void bars() {
        List<Line> lines = Lines.of(timeline, MOST_LINES);
        if (!lines.isEmpty()) {
            int names = names(lines);
            TextBars bars = new TextBars(timeline, form.width() - names - DURATION - 2, form.unicode());
            out.println();
            String title = Columns.fill("Timeline", names + DURATION + 2);
            out.println((form.colour() ? Colour.BOLD.paint(title) : title) + form.fit(bars.axis()));
            for (Line line : lines) {
                print(line, names, bars);
            }
            out.println();
            say(
                    null,
                    "* decided how long it took, " + (form.unicode() ? "·" : ".") + " waited, x failed, ~ timed out,"
                            + " > left behind or still running"
                            + (timeline.nearDeadline().isPresent()
                                    ? ", " + (form.unicode() ? "¦" : ":") + " the deadline"
                                    : ""));
        }
        if (timeline.others() > 0) {
            say(
                    null,
                    Shown.count(timeline.others(), "further handler") + " ran that had no name, in at most 1 ms each.");
        }
        if (timeline.omitted() > 0) {
            say(null, Shown.grouped(timeline.omitted()) + " more are not in the report, which has bounds.");
        }
    }

    /** As wide as the names need, and at most a third of the terminal. */
    private int names(List<Line> lines) {
        int width = "Timeline".length();
        for (Line line : lines) {
            width = Math.max(width, Columns.width(form.fit(name(line))));
        }
        return Math.min(width, form.width() / 3);
    }

    private String name(Line line) {
        if (line instanceof Line.One one) {
            Row row = one.row();
            return indent(row.depth())
                    + (row.critical() ? "* " : "  ")
                    + Shown.name(row.entry().name(), form.width());
        }
        if (line instanceof Line.Rest rest) {
            return indent(rest.depth()) + "  and " + Shown.grouped(rest.count()) + " more";
        }
        return "";
    }

    private static String indent(int depth) {
        return "  ".repeat(Math.min(depth, 6));
    }

    private void print(Line line, int names, TextBars bars) {
        String name = Columns.fill(Columns.cut(form.fit(name(line)), names), names);
        if (line instanceof Line.One one) {
            Row row = one.row();
            Entry entry = row.entry();
            String duration = entry.outcome().isStarted() ? Shown.duration(row.durationNanos()) : "-";
            String text = name + form.fit(right(duration, DURATION)) + "  " + bars.bar(row);
            paint(colour(row), text.stripTrailing());
        } else if (line instanceof Line.Rest rest) {
            paint(
                    null,
                    name + form.fit(right("<= " + Shown.duration(rest.longestNanos()), DURATION + 1)) + " "
                            + bars.bar(rest));
        }
    }

    private static @Nullable Colour colour(Row row) {
        return switch (row.entry().outcome()) {
            case RAN -> row.critical() ? Colour.BOLD : null;
            case FAILED, LEFT_BEHIND, RUNNING -> Colour.RED;
            case TIMED_OUT, SKIPPED, PENDING -> Colour.YELLOW;
        };
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private void heading(String text) {
        out.println();
        say(Colour.BOLD, text);
    }

    private void say(@Nullable Colour colour, String text) {
        for (String line : Columns.wrap(form.fit(text), form.width())) {
            paint(colour, line);
        }
    }

    private void line(@Nullable Colour colour, String text) {
        paint(colour, Columns.cut(form.fit(text), form.width()));
    }

    private void paint(@Nullable Colour colour, String text) {
        out.println(colour != null && form.colour() ? colour.paint(text) : text);
    }
}
