package dev.atexit.report.timeline;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a timeline: one for each entry, or where that were too many, for those that matter most, and one for what
 * is left of each registry. What matters is trouble, for up to half of the lines, what decided how long the exit took, and
 * what took long.
 */
public final class Lines {
    private final Timeline timeline;
    private final boolean[] drawn;
    private final Map<Integer, Collected> rests = new HashMap<>();
    private final List<Line> lines = new ArrayList<>();

    private Lines(Timeline timeline) {
        this.timeline = timeline;
        drawn = new boolean[timeline.rows().size()];
    }

    /** What is left of one registry, as far as it was seen. */
    private static final class Collected {
        private final int depth;
        private int count;
        private int trouble;
        private long longestNanos;
        private final BitSet busy = new BitSet(Line.PARTS);

        Collected(int depth) {
            this.depth = depth;
        }
    }

    /**
     * The lines of a timeline.
     *
     * @param timeline what is drawn
     * @param most how many entries get a line of their own
     * @return the lines, in order
     */
    public static List<Line> of(Timeline timeline, int most) {
        Lines lines = new Lines(timeline);
        lines.choose(most);
        lines.collect();
        lines.lay();
        return lines.lines;
    }

    private void choose(int most) {
        List<Row> ranked = new ArrayList<>(timeline.rows());
        int room = most;
        if (ranked.size() > most) {
            ranked.sort(Comparator.comparing((Row row) -> !row.critical())
                    .thenComparing(Comparator.comparingLong(Row::durationNanos).reversed())
                    .thenComparingInt(Row::number));
            // Neither may a long path hide what went wrong, nor much trouble the path.
            room -= choose(ranked.stream().filter(Row::isTrouble).toList(), most / 2);
        }
        choose(ranked, room);
    }

    private int choose(List<Row> ranked, int room) {
        int taken = 0;
        for (Row row : ranked) {
            int lacking = 0;
            for (Row above = row; above != null && !drawn[above.number()]; above = above.parent()) {
                lacking++;
            }
            // A registry comes with the first of its entries, or none of them does.
            if (taken + lacking <= room) {
                taken += lacking;
                for (Row above = row; above != null && !drawn[above.number()]; above = above.parent()) {
                    drawn[above.number()] = true;
                }
            }
        }
        return taken;
    }

    private void collect() {
        for (Row row : timeline.rows()) {
            if (!drawn[row.number()]) {
                Row above = row.parent();
                while (above != null && !drawn[above.number()]) {
                    above = above.parent();
                }
                int depth = above == null ? 0 : above.depth() + 1;
                Collected rest =
                        rests.computeIfAbsent(above == null ? -1 : above.number(), registry -> new Collected(depth));
                rest.count++;
                rest.trouble += row.isTrouble() ? 1 : 0;
                rest.longestNanos = Math.max(rest.longestNanos, row.durationNanos());
                if (row.entry().outcome().isStarted()) {
                    rest.busy.set(part(row.startNanos()), Math.min(Line.PARTS, part(row.endNanos()) + 1));
                }
            }
        }
    }

    private int part(long nanos) {
        return (int) Math.min(Line.PARTS - 1, nanos * (double) Line.PARTS / timeline.axisNanos());
    }

    private void lay() {
        List<Row> open = new ArrayList<>();
        for (Row row : timeline.rows()) {
            if (drawn[row.number()]) {
                close(open, row.depth());
                lines.add(new Line.One(row));
                open.add(row);
            }
        }
        close(open, 0);
        addRest(-1);
    }

    /** A registry ends where a line follows that is not in it. */
    private void close(List<Row> open, int depth) {
        while (open.size() > depth) {
            addRest(open.remove(open.size() - 1).number());
        }
    }

    private void addRest(int registry) {
        Collected rest = rests.get(registry);
        if (rest != null) {
            lines.add(new Line.Rest(rest.depth, rest.count, rest.trouble, rest.longestNanos, rest.busy));
        }
    }
}
