package dev.atexit.internal.exit;

import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The default observer: says on {@code System.err} what went wrong, and nothing when all went well. */
public final class StderrObserver implements ExitObserver {
    private static final int MAX_FRAMES = 30;
    private static final int MAX_NAMES = 50;
    private static final int MAX_CAUSES = 10;
    private static final String PREFIX = "[atexit] ";

    /** What the terminal shows at this moment, so that a line does not run into it; null for nothing. */
    private static volatile @Nullable DisplayTask display;

    static void show(@Nullable DisplayTask shown) {
        display = shown;
    }

    @Override
    public boolean wantsAll() {
        return false;
    }

    @Override
    public void on(Notice notice) {
        StringBuilder out = new StringBuilder();
        TaskResult result = notice.result;
        Notice.Kind kind = notice.kind;
        if (kind == Notice.Kind.WARNING) {
            line(out, notice.label);
        } else if (kind == Notice.Kind.STUCK) {
            line(out, "still in '" + Text.escape(notice.label) + "' after " + Text.duration(notice.nanos) + ", at");
            stall(out, notice.stall, notice.site);
        } else if (kind == Notice.Kind.SKIPPED) {
            skipped(out, notice.results);
        } else if (result != null) {
            if (result.error != null) {
                line(out, result.failureLine);
                if (result.printsStackTrace) {
                    trace(out, result.error, MAX_CAUSES);
                }
            }
            if (kind == Notice.Kind.TIMED_OUT) {
                line(
                        out,
                        "'" + Text.escape(result.label) + "' timed out after " + Text.duration(result.durationNanos)
                                + (result.stall == null ? "" : ", at"));
                stall(out, result.stall, result.site);
            } else if (kind == Notice.Kind.LEFT_BEHIND) {
                leftBehind(out, result);
            }
        }
        if (out.length() > 0) {
            write(out);
        }
    }

    /** Prints one line, whatever state the program is in. */
    public static void print(String line) {
        StringBuilder out = new StringBuilder();
        line(out, line);
        write(out);
    }

    private static void write(StringBuilder out) {
        DisplayTask shown = display;
        if (shown == null) {
            writeAtOnce(out);
        } else {
            shown.print(out);
        }
    }

    /** Writes what stands for itself, whatever the terminal shows. */
    static void writeAtOnce(StringBuilder out) {
        try {
            PrintStream err = System.err;
            err.print(out);
            err.flush();
        } catch (RuntimeException | Error broken) {
            // The program has put something there that does not work, or nothing at all; there is nobody else to tell.
            return;
        }
    }

    private static void leftBehind(StringBuilder out, TaskResult result) {
        String label = Text.escape(result.label);
        if (result.calledExit) {
            line(out, "'" + label + "' called System.exit during the exit, which never returns: left behind, at");
        } else {
            line(
                    out,
                    "'" + label + "' did not end within " + Text.duration(result.durationNanos)
                            + " and ignored its interrupt: left behind, at");
        }
        stall(out, result.stall, result.site);
    }

    /** Where it stands, what for, who registered it. */
    private static void stall(StringBuilder out, @Nullable Stall stall, @Nullable StackTraceElement site) {
        if (stall == null) {
            return;
        }
        frames(out, stall.stack);
        if (site != null) {
            line(out, "registered at " + Text.frame(site));
        }
        LockWait wait = stall.lockWait();
        if (wait == null) {
            return;
        }
        LockWait.Standing holder = wait.holder;
        if (!wait.circle.isEmpty()) {
            deadlock(out, wait.circle);
        } else if (holder != null) {
            line(out, "it waits for " + wait.lock + ", held by thread '" + Text.escape(holder.thread) + "', at");
            frames(out, holder.stack);
        }
    }

    private static void deadlock(StringBuilder out, List<LockWait.Standing> circle) {
        line(out, "deadlock: none of these threads can go on");
        for (int i = 0; i < circle.size(); i++) {
            LockWait.Standing standing = circle.get(i);
            line(
                    out,
                    "thread '" + Text.escape(standing.thread) + "' waits for " + standing.lock + ", held by '"
                            + Text.escape(circle.get((i + 1) % circle.size()).thread) + "'; it stands at");
            frames(out, standing.stack);
        }
    }

    private static void skipped(StringBuilder out, List<TaskResult> results) {
        StringBuilder names = new StringBuilder();
        int shown = Math.min(MAX_NAMES, results.size());
        for (int i = 0; i < shown; i++) {
            names.append(i == 0 ? "'" : ", '")
                    .append(Text.escape(results.get(i).label))
                    .append('\'');
        }
        if (shown < results.size()) {
            names.append(" and ").append(results.size() - shown).append(" more");
        }
        line(out, "deadline passed, skipped: " + names);
    }

    private static void line(StringBuilder out, String text) {
        out.append(PREFIX).append(text).append(System.lineSeparator());
    }

    private static void frames(StringBuilder out, StackTraceElement[] stack) {
        int shown = Math.min(MAX_FRAMES, stack.length);
        for (int i = 0; i < shown; i++) {
            out.append("\tat ").append(Text.frame(stack[i])).append(System.lineSeparator());
        }
        if (shown < stack.length) {
            out.append("\t... ").append(stack.length - shown).append(" more").append(System.lineSeparator());
        }
    }

    private static void trace(StringBuilder out, Throwable error, int depth) {
        Throwable cause;
        try {
            frames(out, error.getStackTrace());
            cause = error.getCause();
        } catch (RuntimeException | Error hostile) {
            // Its class has methods of its own for these, and they throw; the line above has its name.
            return;
        }
        if (cause != null && depth > 0) {
            out.append("Caused by: ").append(Text.describe(cause)).append(System.lineSeparator());
            trace(out, cause, depth - 1);
        }
    }
}
