package dev.atexit.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.internal.exit.Progress;
import dev.atexit.internal.exit.Progress.Running;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PictureTest {
    private static final long S = 1_000_000_000;

    private static Running running(String label, double seconds, long bound) {
        return new Running(label, (long) (seconds * S), bound * S, false);
    }

    private static String[] lines(int columns, int rows, Running... running) {
        return Picture.lines(new Progress(3_250_000_000L, 0, 12, 3, List.of(running), ""), columns, rows);
    }

    @Test
    void exit_running_isShownLineByLine() {
        Progress progress = new Progress(
                2_149_000_000L,
                10 * S,
                12,
                3,
                List.of(
                        running("db pool", 12.34, 60),
                        running("web > listener", 0.4, 0),
                        new Running("slow", 5 * S, 5 * S, true)),
                "Ctrl-C again ends it at once");
        assertThat(Picture.lines(progress, 80, 24))
                .containsExactly(
                        "[atexit] exit: 2.1 s, 12 done, 3 to come, deadline in 7.8 s",
                        "  db pool         12.3 s of 60 s",
                        "  web > listener   0.4 s",
                        "  slow               5 s, time is up: interrupted",
                        "Ctrl-C again ends it at once");
    }

    @Test
    void exit_pastItsDeadline_saysSo() {
        Progress progress = new Progress(2 * S, S, 0, 0, List.of(), "");
        assertThat(Picture.lines(progress, 80, 24))
                .containsExactly("[atexit] exit: 2 s, 0 done, 0 to come, deadline passed");
    }

    @Test
    void handlers_many_areCounted() {
        List<Running> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(running("part " + i, 2, 0));
        }
        Running[] all = many.toArray(new Running[0]);
        assertThat(lines(80, 24, all)).hasSize(10).endsWith("  part 7  2 s", "  and 12 more");
        assertThat(lines(80, 6, all)).hasSize(4).endsWith("  part 1  2 s", "  and 18 more");
        assertThat(lines(80, 1, all)).hasSize(3).endsWith("  part 0  2 s", "  and 19 more");
    }

    @Test
    void name_tooLong_leavesRoomForTheTime() {
        assertThat(lines(40, 24, running("a".repeat(10_000), 2.5, 60)))
                .containsExactly("[atexit] exit: 3.2 s, 12 done, 3 to ...", "  aaaaaaaaaaaaaaaaaaa...  2.5 s of 60 s");
    }

    @Test
    void name_hostile_isOneLineOfTheTerminalsWidth() {
        for (String name : List.of(
                "a\nb\rc\u001b[2J",
                "\u202eright to left",
                "\ud83d",
                "\ud83d\ude00".repeat(100),
                "\u6f22\u5b57".repeat(100),
                "e\u0301".repeat(1000),
                "\u0301".repeat(10_000),
                "",
                "\u05e9\u05dc\u05d5\u05dd")) {
            for (int columns = 20; columns < 120; columns += 7) {
                String[] lines = lines(columns, 24, running(name, 123.4, 0), running("b", 1, 5));
                assertThat(lines).hasSize(3);
                for (String line : lines) {
                    assertThat(Columns.width(line)).as(line).isLessThan(columns);
                    assertThat(line.length()).isLessThan(4000);
                    assertThat(line).doesNotMatch("(?s).*[\\x00-\\x1f\\x7f\\u202e].*");
                }
                assertThat(lines[1]).contains("  123 s");
            }
        }
    }
}
