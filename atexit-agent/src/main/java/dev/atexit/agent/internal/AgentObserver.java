package dev.atexit.agent.internal;

import dev.atexit.internal.exit.ExitObserver;
import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.Notice;
import dev.atexit.internal.exit.Outcome;
import dev.atexit.internal.exit.Reason;
import dev.atexit.internal.exit.StderrObserver;
import dev.atexit.internal.exit.TaskResult;
import dev.atexit.internal.exit.Text;
import org.jspecify.annotations.Nullable;

/** Says what went wrong, and at the end of such an exit what came of it in one line; nothing when all went well. */
final class AgentObserver implements ExitObserver {
    private static final int MAX_SLOWEST = 3;

    private final AgentOptions options;
    private final StderrObserver out = new StderrObserver();

    // Written on the observer's thread.
    private volatile boolean troubled;

    AgentObserver(AgentOptions options) {
        this.options = options;
    }

    @Override
    public boolean wantsAll() {
        return false;
    }

    @Override
    public void on(Notice notice) {
        if (notice.kind == Notice.Kind.WARNING) {
            out.on(notice);
        } else if (!options.quiet) {
            troubled = true;
            out.on(notice);
        }
    }

    /** The exit is over. */
    void over(ExitSummary exit, int hooks) {
        boolean slow = options.noticeNanos > 0 && exit.durationNanos > options.noticeNanos;
        if (!options.quiet && (troubled || slow)) {
            StderrObserver.print(line(exit, hooks));
        }
    }

    private String line(ExitSummary exit, int hooks) {
        StringBuilder line = new StringBuilder("exit").append(reason(exit.reason));
        line.append(" took ")
                .append(Text.duration(exit.durationNanos))
                .append(": ")
                .append(hooks);
        line.append(hooks == 1 ? " hook" : " hooks");
        count(line, exit, Outcome.FAILED, " failed");
        count(line, exit, Outcome.TIMED_OUT, " timed out");
        count(line, exit, Outcome.LEFT_BEHIND, " left behind");
        count(line, exit, Outcome.SKIPPED, " skipped");
        slowest(line, exit);
        return line.toString();
    }

    private static String reason(@Nullable Reason reason) {
        if (reason == null) {
            return "";
        }
        if (reason.kind == Reason.Kind.SIGNAL) {
            return " by SIG" + reason.signal;
        }
        if (reason.kind == Reason.Kind.SYSTEM_EXIT) {
            return reason.caller == null ? " by System.exit" : " by System.exit at " + Text.frame(reason.caller);
        }
        return " after the end of main";
    }

    private static void count(StringBuilder line, ExitSummary exit, Outcome outcome, String words) {
        int n = 0;
        for (TaskResult result : exit.results) {
            n += result.outcome == outcome ? 1 : 0;
        }
        if (n > 0) {
            line.append(", ").append(n).append(words);
        }
    }

    private static void slowest(StringBuilder line, ExitSummary exit) {
        boolean[] shown = new boolean[exit.results.size()];
        for (int n = 0; n < MAX_SLOWEST && n < shown.length; n++) {
            int slowest = -1;
            for (int i = 0; i < shown.length; i++) {
                if (!shown[i] && (slowest < 0 || nanos(exit, i) > nanos(exit, slowest))) {
                    slowest = i;
                }
            }
            shown[slowest] = true;
            line.append(n == 0 ? "; slowest: '" : ", '").append(Text.escape(exit.results.get(slowest).label));
            line.append("' ").append(Text.duration(nanos(exit, slowest)));
        }
    }

    private static long nanos(ExitSummary exit, int index) {
        return exit.results.get(index).durationNanos;
    }
}
