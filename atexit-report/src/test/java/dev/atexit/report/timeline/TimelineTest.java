package dev.atexit.report.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static String entry(String name, long start, long duration, String... more) {
        return "{\"name\":\"" + name + "\",\"kind\":\"handler\",\"outcome\":\"ran\",\"startNanos\":" + start
                + ",\"durationNanos\":" + duration + String.join("", more) + "}";
    }

    private static String on(String thread) {
        return ",\"thread\":\"" + thread + "\"";
    }

    private static String after(String... names) {
        return ",\"after\":[\"" + String.join("\",\"", names) + "\"]";
    }

    private static String skipped(String name) {
        return "{\"name\":\"" + name + "\",\"kind\":\"handler\",\"outcome\":\"skipped\"}";
    }

    private static String registry(String name, long start, long duration, String... entries) {
        return entry(name, start, duration, ",\"entries\":[" + String.join(",", entries) + "]")
                .replace(
                        "\"handler\",\"outcome\":\"ran\",\"startNanos\":" + start + ",",
                        "\"registry\",\"outcome\":\"ran\",\"startNanos\":" + start + ",");
    }

    private static Timeline timeline(String... entries) throws IOException {
        return Timeline.of(Samples.read(Samples.withEntries(String.join(",", entries))));
    }

    private static List<String> path(Timeline timeline) {
        return timeline.path().stream().map(row -> row.entry().name()).toList();
    }

    private static Row row(Timeline timeline, String name) {
        return timeline.rows().stream()
                .filter(row -> row.entry().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rows_ofAnyOrder_standByTheirStartAndThoseThatHaveNoneLast() throws IOException {
        Timeline timeline = timeline(skipped("never"), entry("b", 10, 5), entry("a", 0, 10));

        assertThat(timeline.rows()).extracting(row -> row.entry().name()).containsExactly("a", "b", "never");
        assertThat(timeline.rows()).extracting(Row::number).containsExactly(0, 1, 2);
        assertThat(timeline.count(Outcome.SKIPPED)).isEqualTo(1);
        assertThat(timeline.neverStarted()).hasSize(1);
    }

    @Test
    void path_ofHandlersOneAfterTheOther_isAllOfThem() throws IOException {
        assertThat(path(timeline(entry("a", 0, 10), entry("b", 10, 5), entry("c", 16, 3))))
                .containsExactly("a", "b", "c");
    }

    @Test
    void path_ofHandlersTogether_isTheOneThatEndedLast() throws IOException {
        assertThat(path(timeline(entry("quick", 0, 10), entry("slow", 1, 50), entry("last", 51, 1))))
                .containsExactly("slow", "last");
    }

    @Test
    void path_inARegistry_goesThroughWhatWasWaitedFor() throws IOException {
        Timeline timeline = timeline(registry(
                "r",
                0,
                100,
                entry("a", 0, 40, on("t1")),
                entry("b", 0, 60, on("t2")),
                entry("c", 60, 40, on("t1"), after("a", "b")),
                entry("d", 60, 10, on("t2"))));

        assertThat(path(timeline)).containsExactly("b", "c");
        assertThat(row(timeline, "r").critical()).isTrue();
    }

    @Test
    void path_whereAThreadWasBusy_goesThroughWhatItRan() throws IOException {
        Timeline timeline = timeline(registry(
                "r",
                0,
                100,
                entry("first", 0, 70, on("t1")),
                entry("other", 0, 75, on("t2")),
                entry("needed", 0, 20, on("t3")),
                entry("last", 70, 30, on("t1"), after("needed"))));

        assertThat(path(timeline)).containsExactly("first", "last");
    }

    @Test
    void path_ofNamesThatAreThereTwice_takesTheLaterOne() throws IOException {
        Timeline timeline =
                timeline(registry("r", 0, 100, entry("x", 0, 10), entry("x", 0, 50), entry("y", 50, 50, after("x"))));

        assertThat(timeline.path()).extracting(Row::endNanos).containsExactly(50L, 100L);
    }

    @Test
    void path_ofEntriesThatTookNoTime_ends() throws IOException {
        assertThat(path(timeline(entry("a", 5, 0), entry("b", 5, 0), entry("c", 0, 5))))
                .contains("c");
    }

    @Property(tries = 500)
    void path_ofAny_neverOverlapsAndEndsLast(@ForAll @Size(min = 1, max = 30) List<@IntRange(max = 40) Integer> times)
            throws IOException {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            entries.add(entry("e" + i, times.get(i), times.get((i + 1) % times.size()) % 7));
        }
        Timeline timeline = timeline(entries.toArray(String[]::new));

        List<Row> path = timeline.path();
        for (int i = 1; i < path.size(); i++) {
            assertThat(path.get(i).startNanos())
                    .isGreaterThanOrEqualTo(path.get(i - 1).endNanos());
        }
        assertThat(path.get(path.size() - 1).endNanos())
                .isEqualTo(
                        timeline.rows().stream().mapToLong(Row::endNanos).max().orElseThrow());
    }

    @Test
    void wait_inARegistry_isFromItsStartOrTheEndOfWhatComesBefore() throws IOException {
        Timeline timeline = timeline(
                registry("r", 100, 100, entry("free", 110, 10), entry("bound", 150, 10, after("free", "unknown"))));

        assertThat(row(timeline, "free").waitNanos()).isEqualTo(10);
        assertThat(row(timeline, "bound").waitNanos()).isEqualTo(30);
        assertThat(row(timeline, "r").waitNanos()).isZero();
    }

    @Test
    void trouble_ofARegistry_isOnlyItsOwn() throws IOException {
        String failed = entry("bad", 0, 10).replace("ran", "failed");
        Timeline timeline = timeline(registry("r", 0, 20, failed)
                .replace("\"registry\",\"outcome\":\"ran\"", "\"registry\",\"outcome\":\"failed\""));

        assertThat(timeline.troubles()).extracting(row -> row.entry().name()).containsExactly("bad");
    }

    @Test
    void axis_ofHugeNumbers_doesNotOverflow() throws IOException {
        Timeline timeline = timeline(entry("a", Long.MAX_VALUE, Long.MAX_VALUE), entry("b", 1, Long.MAX_VALUE));

        assertThat(timeline.axisNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(Ticks.of(timeline.axisNanos(), 5)).isNotEmpty().isSorted();
        assertThat(Words.verdict(timeline)).isNotEmpty();
    }

    @Test
    void lines_ofTooMany_keepThePathAndTroubleAndAddUpTheRest() throws IOException {
        List<String> inner = new ArrayList<>();
        inner.add(entry("long", 0, 900));
        for (int i = 0; i < 50; i++) {
            inner.add(entry("short" + i, i, 2));
        }
        inner.add(entry("bad", 60, 1).replace("ran", "failed"));
        Timeline timeline = timeline(registry("r", 0, 900, inner.toArray(String[]::new)), entry("end", 900, 1));

        List<Line> lines = Lines.of(timeline, 5);

        assertThat(lines).hasSize(6);
        assertThat(lines.stream()
                        .filter(Line.One.class::isInstance)
                        .map(line -> ((Line.One) line).row().entry().name()))
                .containsExactly("r", "short0", "long", "bad", "end");
        Line.Rest rest = (Line.Rest) lines.get(4);
        assertThat(rest.count()).isEqualTo(49);
        assertThat(rest.depth()).isEqualTo(1);
        assertThat(rest.longestNanos()).isEqualTo(2);
        assertThat(rest.busy().cardinality()).isBetween(50, 70);
    }

    @Test
    void lines_ofALongPath_doNotHideTrouble() throws IOException {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            entries.add(entry("e" + i, i * 10, 10));
        }
        entries.add(entry("bad", 3, 1).replace("ran", "failed"));

        List<Line> lines = Lines.of(timeline(entries.toArray(String[]::new)), 4);

        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .isInstanceOfSatisfying(
                                Line.One.class,
                                one -> assertThat(one.row().entry().name()).isEqualTo("bad")));
        assertThat(lines).hasSize(5);
    }
}
