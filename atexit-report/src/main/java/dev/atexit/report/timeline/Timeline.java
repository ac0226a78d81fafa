package dev.atexit.report.timeline;

import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All entries of an exit in the order in which they started, those of a registry behind it. */
public final class Timeline {
    private final RecordedExit exit;
    private final List<Row> rows = new ArrayList<>();
    private final Map<RecordedExit.Outcome, Integer> counts = new EnumMap<>(RecordedExit.Outcome.class);
    private long others;
    private long omitted;
    private long lastNanos;

    private Timeline(RecordedExit exit) {
        this.exit = exit;
        lastNanos = exit.durationNanos();
    }

    /**
     * The timeline of an exit.
     *
     * @param exit what the report says
     * @return its timeline
     */
    public static Timeline of(RecordedExit exit) {
        Timeline timeline = new Timeline(exit);
        timeline.others = exit.others();
        timeline.omitted = exit.omitted();
        timeline.add(exit.entries(), null);
        return timeline;
    }

    private void add(List<Entry> siblings, @Nullable Row parent) {
        boolean critical = parent == null || parent.critical();
        Set<Entry> path = critical ? CriticalPath.of(siblings, parent != null) : Set.of();
        Map<String, Long> ends = parent == null ? Map.of() : ends(siblings);
        List<Entry> ordered = new ArrayList<>(siblings);
        ordered.sort(Comparator.comparing((Entry entry) -> !entry.outcome().isStarted())
                .thenComparingLong(Span::start)
                .thenComparingLong(Span::end));
        for (Entry entry : ordered) {
            Row row = row(entry, parent, ends, critical && path.contains(entry));
            rows.add(row);
            lastNanos = Math.max(lastNanos, row.endNanos());
            if (entry.isGroup()) {
                others = sum(others, entry.others());
                omitted = sum(omitted, entry.omitted());
                add(entry.entries(), row);
            } else {
                counts.merge(entry.outcome(), 1, Integer::sum);
            }
        }
    }

    private Row row(Entry entry, @Nullable Row parent, Map<String, Long> ends, boolean critical) {
        int depth = parent == null ? 0 : parent.depth() + 1;
        if (!entry.outcome().isStarted()) {
            long end = parent == null ? exit.durationNanos() : parent.endNanos();
            return new Row(entry, rows.size(), depth, parent, end, end, end, false);
        }
        long start = Span.start(entry);
        long waitFrom = start;
        if (parent != null) {
            waitFrom = parent.startNanos();
            for (String name : entry.after()) {
                waitFrom = Math.max(waitFrom, ends.getOrDefault(name, 0L));
            }
        }
        return new Row(entry, rows.size(), depth, parent, Math.min(waitFrom, start), start, Span.end(entry), critical);
    }

    private static Map<String, Long> ends(List<Entry> siblings) {
        Map<String, Long> ends = new HashMap<>();
        for (Entry entry : siblings) {
            if (entry.outcome().isStarted()) {
                ends.merge(entry.name(), Span.end(entry), Math::max);
            }
        }
        return ends;
    }

    private static long sum(long a, long b) {
        return a + b < 0 ? Long.MAX_VALUE : a + b;
    }

    /**
     * What the report says.
     *
     * @return the exit
     */
    public RecordedExit exit() {
        return exit;
    }

    /**
     * All entries.
     *
     * @return each registry before its entries
     */
    public List<Row> rows() {
        return rows;
    }

    /**
     * The entries that decided how long the exit took, in their order. Of a registry its entries are meant, not itself.
     *
     * @return empty if nothing ran
     */
    public List<Row> path() {
        return rows.stream()
                .filter(row -> row.critical()
                        && (row.entry().entries().isEmpty()
                                || row.entry().entries().stream()
                                        .noneMatch(entry -> entry.outcome().isStarted())))
                .toList();
    }

    /**
     * The entries that started and did not simply run and return. A registry is none for what its entries did.
     *
     * @return in their order
     */
    public List<Row> troubles() {
        return rows.stream()
                .filter(row -> row.entry().outcome().isStarted() && isOwnTrouble(row))
                .toList();
    }

    /**
     * The entries that never started.
     *
     * @return in their order
     */
    public List<Row> neverStarted() {
        return rows.stream().filter(row -> !row.entry().outcome().isStarted()).toList();
    }

    private static boolean isOwnTrouble(Row row) {
        Entry entry = row.entry();
        return row.isTrouble()
                && (entry.error().isPresent()
                        || entry.stall().isPresent()
                        || entry.entries().stream().allMatch(inner -> inner.outcome() == RecordedExit.Outcome.RAN));
    }

    /**
     * How many handlers came to this end; registries do not count.
     *
     * @param outcome the end
     * @return how many
     */
    public int count(RecordedExit.Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /**
     * How many handlers there were, with the unnamed ones.
     *
     * @return how many
     */
    public long handlers() {
        long named = counts.values().stream().mapToLong(Integer::longValue).sum();
        return sum(sum(named, others), omitted);
    }

    /**
     * How many further handlers ran, in at most 1 ms each.
     *
     * @return how many, at all depths
     */
    public long others() {
        return others;
    }

    /**
     * How many entries the writer left out.
     *
     * @return how many, at all depths
     */
    public long omitted() {
        return omitted;
    }

    /**
     * The deadline, where it is near enough to be seen beside the bars.
     *
     * @return empty if there is none, or if it is far away
     */
    public OptionalLong nearDeadline() {
        long deadline = exit.deadlineNanos().orElse(Long.MAX_VALUE);
        return deadline / 3 * 2 <= lastNanos ? exit.deadlineNanos() : OptionalLong.empty();
    }

    /**
     * Where the time axis ends.
     *
     * @return at least 1
     */
    public long axisNanos() {
        long last = Math.max(1, lastNanos);
        long deadline = nearDeadline().orElse(0);
        if (deadline <= last) {
            return last;
        }
        long beyond = deadline + deadline / 50;
        return beyond < 0 ? Long.MAX_VALUE : beyond;
    }
}
