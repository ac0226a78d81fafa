package dev.atexit.cli.report;

import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.timeline.Line;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Ticks;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.util.Arrays;

/** The bars of a timeline, in characters. */
final class TextBars {
    private final Timeline timeline;
    private final int width;
    private final boolean unicode;

    TextBars(Timeline timeline, int width, boolean unicode) {
        this.timeline = timeline;
        this.width = width;
        this.unicode = unicode;
    }

    /** The times above the bars. */
    String axis() {
        char[] cells = blank();
        int free = 0;
        for (long tick : Ticks.of(timeline.axisNanos(), Math.max(2, width / 12))) {
            String text = Shown.duration(tick);
            int at = Math.min(cell(tick), width - text.length());
            if (at >= free) {
                write(cells, at, text);
                free = at + text.length() + 1;
            }
        }
        return new String(cells).stripTrailing();
    }

    String bar(Row row) {
        char[] cells = blank();
        timeline.nearDeadline().ifPresent(deadline -> cells[cell(deadline)] = unicode ? '¦' : ':');
        Outcome outcome = row.entry().outcome();
        int from = cell(row.startNanos());
        int to = Math.max(from + 1, end(row.endNanos()));
        if (!outcome.isStarted()) {
            label(cells, cell(row.endNanos()), cell(row.endNanos()), Words.outcome(outcome));
            return new String(cells).stripTrailing();
        }
        if (row.entry().isGroup()) {
            Arrays.fill(cells, from, to, unicode ? '─' : '-');
            cells[from] = unicode ? '├' : '[';
            cells[to - 1] = unicode ? '┤' : ']';
        } else {
            Arrays.fill(cells, Math.min(from, cell(row.waitFromNanos())), from, unicode ? '·' : '.');
            Arrays.fill(cells, from, to, fill(row));
        }
        if (row.isTrouble()) {
            label(cells, from, to, Words.outcome(outcome));
        }
        return new String(cells).stripTrailing();
    }

    private char fill(Row row) {
        return switch (row.entry().outcome()) {
            case FAILED -> 'x';
            case TIMED_OUT -> '~';
            case LEFT_BEHIND, RUNNING -> '>';
            default -> row.critical() ? (unicode ? '█' : '#') : unicode ? '▒' : '=';
        };
    }

    String bar(Line.Rest rest) {
        char[] cells = blank();
        for (int i = rest.busy().nextSetBit(0); i >= 0; i = rest.busy().nextSetBit(i + 1)) {
            cells[Math.min(width - 1, i * width / Line.PARTS)] = unicode ? '▒' : '=';
        }
        return new String(cells).stripTrailing();
    }

    /** Behind the bar, or where there is no room before it, or else on it. */
    private void label(char[] cells, int from, int to, String text) {
        if (to + 1 + text.length() <= width) {
            write(cells, to + 1, text);
        } else if (from > text.length() && isBlank(cells, from - text.length() - 1, from)) {
            write(cells, from - text.length() - 1, text);
        } else {
            write(cells, Math.max(0, Math.min(from + 1, width - text.length() - 1)), " " + text);
        }
    }

    private static boolean isBlank(char[] cells, int from, int to) {
        for (int i = from; i < to; i++) {
            if (cells[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private static void write(char[] cells, int at, String text) {
        for (int i = 0; i < text.length() && at + i < cells.length; i++) {
            cells[at + i] = text.charAt(i);
        }
    }

    private char[] blank() {
        char[] cells = new char[width];
        Arrays.fill(cells, ' ');
        return cells;
    }

    private int cell(long nanos) {
        return (int) Math.min(width - 1, nanos * (double) width / timeline.axisNanos());
    }

    private int end(long nanos) {
        return (int) Math.min(width, Math.round(nanos * (double) width / timeline.axisNanos()));
    }
}
