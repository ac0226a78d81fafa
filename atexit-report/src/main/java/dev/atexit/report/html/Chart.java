package dev.atexit.report.html;

import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.timeline.Line;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Ticks;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The timeline: one picture of all bars, and over it the names, as text that can be selected, cut to the window's width
 * and reached with the keyboard.
 */
final class Chart {
    private static final int NAME = 200;
    private static final int AXIS_HEIGHT = 34;
    private static final int MOST_TICKS = 5;

    private final Markup markup;
    private final Timeline timeline;
    private final List<Line> lines;
    private final Layout layout;
    private final Axis axis;
    private final Bars bars;

    Chart(Markup markup, Timeline timeline, List<Line> lines) {
        this.markup = markup;
        this.timeline = timeline;
        this.lines = lines;
        layout = Layout.of(lines.size());
        axis = new Axis(timeline.axisNanos());
        bars = new Bars(markup, axis, layout, timeline.exit().durationNanos());
    }

    void write() throws IOException {
        markup.open("div", "class", layout.isDense() ? "chart dense" : "chart").line();
        axis();
        picture();
        markup.open("ol", "class", "rows").line();
        for (Line line : lines) {
            if (line instanceof Line.One one) {
                name(one.row());
            } else if (line instanceof Line.Rest rest) {
                name(rest);
            }
        }
        markup.close("ol").close("div").line();
    }

    private void axis() throws IOException {
        markup.open("div", "class", "axis", "aria-hidden", "true");
        markup.open("svg", "class", "plot", "width", "100%", "height", Integer.toString(AXIS_HEIGHT));
        for (long tick : Ticks.of(timeline.axisNanos(), MOST_TICKS)) {
            double at = axis.at(tick);
            String kind = at < 2 ? "first" : at > 94 ? "end" : "mid";
            markup.element("text", Shown.duration(tick), "class", kind, "x", Axis.percent(at), "y", "28");
        }
        markup.leaf("line", "class", "base", "x1", "0", "x2", "100%", "y1", "33.5", "y2", "33.5");
        markup.close("svg");
        markup.close("div").line();
    }

    private void picture() throws IOException {
        int height = lines.size() * layout.row();
        markup.open(
                        "svg",
                        "class",
                        "plot bars",
                        "role",
                        "img",
                        "aria-labelledby",
                        "chart-title chart-text",
                        "width",
                        "100%",
                        "height",
                        Integer.toString(height),
                        "data-axis-nanos",
                        Long.toString(timeline.axisNanos()))
                .line();
        markup.element("title", "Timeline of the exit", "id", "chart-title");
        markup.element("desc", summary(), "id", "chart-text").line();
        markup.raw(Shapes.DEFINITIONS).line();
        for (long tick : Ticks.of(timeline.axisNanos(), MOST_TICKS)) {
            bars.upright("grid", tick, height);
        }
        shades();
        if (timeline.axisNanos() > timeline.exit().durationNanos()) {
            bars.upright("over", timeline.exit().durationNanos(), height);
        }
        if (timeline.nearDeadline().isPresent()) {
            bars.upright("deadline", timeline.nearDeadline().getAsLong(), height);
        }
        markup.open("g", "class", "shift").line();
        Map<Integer, Integer> places = places();
        links(places);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof Line.One one) {
                Outcome outcome = one.row().entry().outcome();
                if (outcome == Outcome.LEFT_BEHIND || outcome == Outcome.RUNNING) {
                    bars.openEnd(one.row(), i);
                }
                bars.draw(one.row(), i);
            } else if (lines.get(i) instanceof Line.Rest rest) {
                bars.draw(rest, i);
            }
        }
        markup.close("g").close("svg").line();
    }

    private String summary() {
        List<Row> path = timeline.path();
        String names = path.stream()
                .limit(10)
                .map(row -> Shown.name(row.entry().name(), 60))
                .collect(Collectors.joining(", then "));
        return Shown.count(timeline.rows().size(), "bar") + " on an axis of " + Shown.duration(timeline.axisNanos())
                + "." + (path.isEmpty() ? "" : " What decided how long it took: " + names + ".")
                + " All entries are in the table below.";
    }

    private Map<Integer, Integer> places() {
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof Line.One one) {
                places.put(one.row().number(), i);
            }
        }
        return places;
    }

    private void links(Map<Integer, Integer> places) throws IOException {
        Row before = null;
        for (Row row : timeline.path()) {
            Integer at = places.get(row.number());
            Integer from = before == null ? null : places.get(before.number());
            if (before != null && from != null && at != null) {
                bars.link(before, from, row, at);
            }
            before = row;
        }
    }

    /** Each registry, and how many lines follow that are in it. */
    private void shades() throws IOException {
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i <= lines.size(); i++) {
            int depth = i == lines.size() ? 0 : depth(lines.get(i));
            while (open.size() > depth) {
                int from = open.pop();
                if (lines.get(from) instanceof Line.One one && i - from > 1) {
                    bars.shade(one.row(), from, i - from);
                }
            }
            open.push(i);
        }
    }

    private static int depth(Line line) {
        return line instanceof Line.One one ? one.row().depth() : line instanceof Line.Rest rest ? rest.depth() : 0;
    }

    private void name(Row row) throws IOException {
        Entry entry = row.entry();
        String kind = entry.outcome().word() + (row.critical() ? " crit" : "") + (entry.isGroup() ? " registry" : "");
        markup.open("li", "class", kind, "style", indent(row.depth()));
        markup.open("a", "href", "#e" + row.number());
        markup.element("span", Shown.name(entry.name(), NAME), "class", "name");
        markup.open("span", "class", "beside").text(beside(row));
        if (entry.thread().isPresent()) {
            markup.element("span", " · " + Shown.cut(entry.thread().get(), 60), "class", "thread");
        }
        markup.close("span").close("a");
        new Card(markup, timeline.exit()).write(row);
        markup.close("li").line();
    }

    private static String beside(Row row) {
        Entry entry = row.entry();
        List<String> parts = new ArrayList<>();
        if (!entry.outcome().isStarted()) {
            parts.add(Words.outcome(entry.outcome()));
        } else {
            parts.add(Shown.duration(row.durationNanos()));
            if (row.isTrouble()) {
                parts.add(Words.outcome(entry.outcome()));
            }
        }
        if (entry.isGroup()) {
            int inside = entry.entries().size();
            parts.add(inside == 1 ? "1 entry" : Shown.grouped(inside) + " entries");
        }
        return String.join(" · ", parts);
    }

    private void name(Line.Rest rest) throws IOException {
        String trouble = rest.trouble() == 0 ? "" : ", " + Shown.grouped(rest.trouble()) + " of them in trouble";
        markup.open("li", "class", "rest", "style", indent(rest.depth())).open("p");
        markup.element("span", "and " + Shown.grouped(rest.count()) + " more", "class", "name");
        markup.element("span", "at most " + Shown.duration(rest.longestNanos()) + " each" + trouble, "class", "beside");
        markup.close("p").close("li").line();
    }

    private static String indent(int depth) {
        return depth == 0 ? "" : "--d:" + Math.min(depth, 8);
    }
}
