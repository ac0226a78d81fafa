package dev.atexit.report.html;

import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.timeline.Line;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Words;
import java.io.IOException;

/** The shapes of the timeline: places are percentages of the width, heights are pixels. */
final class Bars {
    private static final int NAME = 120;

    /** Beyond this share of the width a label would not fit behind its bar. */
    private static final double LATE = 82;

    private static final double EARLY = 18;

    private final Markup markup;
    private final Axis axis;
    private final Layout layout;
    private final long endNanos;

    Bars(Markup markup, Axis axis, Layout layout, long endNanos) {
        this.markup = markup;
        this.axis = axis;
        this.layout = layout;
        this.endNanos = endNanos;
    }

    void draw(Row row, int line) throws IOException {
        Entry entry = row.entry();
        markup.open("g", "class", "e " + entry.outcome().word() + (row.critical() ? " crit" : ""));
        markup.element("title", Shown.name(entry.name(), NAME) + ": " + Words.fate(row));
        if (!entry.outcome().isStarted()) {
            mark("never", axis.place(row.endNanos()), line);
            label(Words.outcome(entry.outcome()), row, line);
        } else if (entry.isGroup()) {
            group(row, line);
        } else {
            bar(row, line);
        }
        markup.close("g").line();
    }

    private void bar(Row row, int line) throws IOException {
        if (row.waitNanos() > 0) {
            String y = Integer.toString(layout.middle(line));
            String from = axis.place(row.waitFromNanos());
            markup.leaf("line", "class", "wait", "x1", from, "x2", axis.place(row.startNanos()), "y1", y, "y2", y);
            markup.leaf("use", "href", "#m-from", "x", from, "y", y);
        }
        markup.leaf(
                "rect",
                "class",
                "bar",
                "x",
                axis.place(row.startNanos()),
                "width",
                axis.width(row.startNanos(), row.endNanos()),
                "y",
                Integer.toString(layout.top(line)),
                "height",
                Integer.toString(layout.bar()),
                "rx",
                "2");
        String mark = switch (row.entry().outcome()) {
            case FAILED -> "failed";
            case TIMED_OUT -> "late";
            case LEFT_BEHIND, RUNNING -> "on";
            default -> "";
        };
        if (!mark.isEmpty()) {
            mark(mark, axis.place(row.endNanos()), line);
        }
        label(describe(row), row, line);
    }

    private static String describe(Row row) {
        String duration = Shown.duration(row.durationNanos());
        return row.isTrouble() ? duration + ", " + Words.outcome(row.entry().outcome()) : duration;
    }

    /** A bracket over the entries. */
    private void group(Row row, int line) throws IOException {
        String y = Integer.toString(layout.middle(line));
        String from = axis.place(row.startNanos());
        String to = axis.place(row.endNanos());
        markup.leaf("line", "class", "bracket", "x1", from, "x2", to, "y1", y, "y2", y);
        markup.leaf("use", "href", "#m-foot", "x", from, "y", y);
        markup.leaf("use", "href", "#m-foot", "x", to, "y", y);
        label(describe(row), row, line);
    }

    private void mark(String name, String x, int line) throws IOException {
        markup.leaf("use", "href", "#m-" + name, "x", x, "y", Integer.toString(layout.middle(line)));
    }

    /** Behind the bar, or where there is no room, before it, or else in it. */
    private void label(String text, Row row, int line) throws IOException {
        double from = axis.at(row.startNanos());
        double to = axis.at(row.endNanos());
        boolean marked = row.isTrouble() && !row.entry().isGroup();
        String gap = Integer.toString(marked ? 14 : 7);
        String y = Integer.toString(layout.middle(line));
        if (to <= LATE) {
            markup.element("text", text, "x", Axis.percent(to), "y", y, "dx", gap, "dy", ".36em");
        } else if (from >= EARLY || (row.entry().isGroup() && from > 0)) {
            long left = row.entry().isGroup() ? row.startNanos() : row.waitFromNanos();
            boolean waits = axis.at(left) < EARLY;
            String x = Axis.percent(waits ? from : axis.at(left));
            String back = row.entry().outcome().isStarted() ? "-7" : "-14";
            markup.element(
                    "text", text, "class", waits ? "end over" : "end", "x", x, "y", y, "dx", back, "dy", ".36em");
        } else if (row.entry().isGroup()) {
            markup.element("text", text, "class", "end over", "x", "99%", "y", y, "dx", "-8", "dy", ".36em");
        } else {
            markup.element("text", text, "class", "in", "x", Axis.percent(from), "y", y, "dx", "8", "dy", ".36em");
        }
    }

    /** Many entries in one line: where one of them ran, the line is thick. */
    void draw(Line.Rest rest, int line) throws IOException {
        markup.open("g", "class", "e rest");
        String y = Integer.toString(layout.middle(line) - 3);
        int from = rest.busy().nextSetBit(0);
        while (from >= 0) {
            int to = rest.busy().nextClearBit(from);
            markup.leaf(
                    "rect",
                    "class",
                    "bar",
                    "x",
                    Axis.percent(from * 100.0 / Line.PARTS),
                    "width",
                    Axis.percent((to - from) * 100.0 / Line.PARTS),
                    "y",
                    y,
                    "height",
                    "6");
            from = rest.busy().nextSetBit(to);
        }
        markup.close("g").line();
    }

    /** The place that a registry takes with all that is in it. */
    void shade(Row row, int line, int lines) throws IOException {
        markup.leaf(
                "rect",
                "class",
                "group",
                "x",
                axis.place(row.startNanos()),
                "width",
                axis.width(row.startNanos(), row.endNanos()),
                "y",
                Integer.toString(layout.from(line) + 3),
                "height",
                Integer.toString(lines * layout.row() - 6),
                "rx",
                "4");
    }

    /** From the end of one entry on the critical path to the start of the next one. */
    void link(Row from, int fromLine, Row to, int toLine) throws IOException {
        String x = axis.place(from.endNanos());
        String y = Integer.toString(layout.middle(toLine));
        int below = fromLine < toLine ? layout.top(fromLine) + layout.bar() : layout.top(fromLine);
        markup.leaf("line", "class", "link", "x1", x, "x2", x, "y1", Integer.toString(below), "y2", y);
        if (to.startNanos() > from.endNanos()) {
            markup.leaf("line", "class", "link", "x1", x, "x2", axis.place(to.startNanos()), "y1", y, "y2", y);
        }
    }

    void upright(String kind, long nanos, int height) throws IOException {
        String x = axis.place(nanos);
        markup.leaf("line", "class", kind, "x1", x, "x2", x, "y1", "0", "y2", Integer.toString(height));
    }

    /** What was not over when the exit was goes on to its end. */
    void openEnd(Row row, int line) throws IOException {
        if (row.endNanos() < endNanos) {
            String y = Integer.toString(layout.middle(line));
            markup.leaf(
                    "line",
                    "class",
                    "goes-on",
                    "x1",
                    axis.place(row.endNanos()),
                    "x2",
                    axis.place(endNanos),
                    "y1",
                    y,
                    "y2",
                    y);
        }
    }
}
