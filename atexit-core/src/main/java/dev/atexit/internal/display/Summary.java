package dev.atexit.internal.display;

import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.Outcome;
import dev.atexit.internal.exit.TaskResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one line that stays of an exit that was shown. */
final class Summary {
    private static final Outcome[] BAD = {Outcome.FAILED, Outcome.TIMED_OUT, Outcome.LEFT_BEHIND, Outcome.SKIPPED};
    private static final String[] WORDS = {" failed", " timed out", " left behind", " skipped"};

    private static final int MIN_NAME = 24;

    private final int[] bad = new int[BAD.length];
    private int count;
    private @Nullable TaskResult slowest;

    private Summary() {}

    static String line(ExitSummary exit, int columns) {
        Summary sum = new Summary();
        sum.add(exit.results, exit.quiet);
        StringBuilder out = new StringBuilder("[atexit] exit took ").append(Columns.seconds(exit.durationNanos));
        out.append(": ").append(sum.count).append(sum.count == 1 ? " handler" : " handlers");
        StringBuilder end = new StringBuilder();
        for (int i = 0; i < BAD.length; i++) {
            if (sum.bad[i] > 0) {
                end.append(end.length() == 0 ? "; " : ", ").append(sum.bad[i]).append(WORDS[i]);
            }
        }
        TaskResult slow = sum.slowest;
        if (slow != null) {
            String time = Columns.seconds(slow.durationNanos);
            int room = columns - out.length() - ", slowest '' ".length() - time.length() - end.length() - 1;
            out.append(", slowest '")
                    .append(Columns.cut(Columns.name(slow.label), Math.max(MIN_NAME, room)))
                    .append("' ")
                    .append(time);
        }
        return out.append(end).toString();
    }

    private void add(List<TaskResult> results, int quiet) {
        count += quiet;
        for (int i = 0; i < results.size(); i++) {
            TaskResult result = results.get(i);
            if (!result.children.isEmpty() || result.quietChildren > 0) {
                add(result.children, result.quietChildren);
                continue;
            }
            count++;
            for (int kind = 0; kind < BAD.length; kind++) {
                if (result.outcome == BAD[kind]) {
                    bad[kind]++;
                }
            }
            if (slowest == null || result.durationNanos > slowest.durationNanos) {
                slowest = result;
            }
        }
    }
}
