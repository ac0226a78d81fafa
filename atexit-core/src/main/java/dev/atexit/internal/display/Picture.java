package dev.atexit.internal.display;

import dev.atexit.internal.exit.Progress;
import dev.atexit.internal.exit.Progress.Running;
import java.util.ArrayList;
import java.util.List;

/** The lines that show how far an exit has come. */
final class Picture {
    /** More handlers than that are only counted. */
    private static final int MAX_HANDLERS = 8;

    /** The line in which the program writes, the counts, "and more", and the hint. */
    private static final int OTHER_ROWS = 4;

    private static final String INDENT = "  ";
    private static final int MIN_NAME = 8;

    private Picture() {}

    static String[] lines(Progress progress, int columns, int rows) {
        int width = columns - 1;
        List<String> lines = new ArrayList<>();
        lines.add(Columns.cut(head(progress), width));
        List<Running> running = progress.running;
        int shown = Math.min(running.size(), Math.min(MAX_HANDLERS, Math.max(1, rows - OTHER_ROWS)));
        String[] names = new String[shown];
        String[] times = new String[shown];
        int nameWidth = 0;
        int timeWidth = 0;
        int tail = 0;
        for (int i = 0; i < shown; i++) {
            names[i] = Columns.name(running.get(i).label);
            times[i] = Columns.seconds(running.get(i).elapsedNanos);
            nameWidth = Math.max(nameWidth, Columns.width(names[i]));
            timeWidth = Math.max(timeWidth, times[i].length());
            tail = Math.max(tail, bound(running.get(i)).length());
        }
        nameWidth = Math.min(nameWidth, Math.max(MIN_NAME, width - 2 * INDENT.length() - timeWidth - tail));
        for (int i = 0; i < shown; i++) {
            StringBuilder line = new StringBuilder(INDENT);
            Columns.pad(line, Columns.cut(names[i], nameWidth), nameWidth);
            line.append(INDENT);
            for (int blanks = timeWidth - times[i].length(); blanks > 0; blanks--) {
                line.append(' ');
            }
            lines.add(Columns.cut(
                    line.append(times[i]).append(bound(running.get(i))).toString(), width));
        }
        if (shown < running.size()) {
            lines.add(Columns.cut(INDENT + "and " + (running.size() - shown) + " more", width));
        }
        if (!progress.hint.isEmpty()) {
            lines.add(Columns.cut(progress.hint, width));
        }
        return lines.toArray(new String[0]);
    }

    private static String head(Progress progress) {
        StringBuilder head = new StringBuilder("[atexit] exit: ")
                .append(Columns.seconds(progress.elapsedNanos))
                .append(", ")
                .append(progress.done)
                .append(" done, ")
                .append(progress.toCome)
                .append(" to come");
        if (progress.deadlineNanos > 0) {
            long left = progress.deadlineNanos - progress.elapsedNanos;
            head.append(left > 0 ? ", deadline in " + Columns.seconds(left) : ", deadline passed");
        }
        return head.toString();
    }

    private static String bound(Running running) {
        if (running.interrupted) {
            return ", time is up: interrupted";
        }
        return running.boundNanos > 0 ? " of " + Columns.seconds(running.boundNanos) : "";
    }
}
