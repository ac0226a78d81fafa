package dev.atexit.report.timeline;

import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Failure;
import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.RecordedExit.Reason;
import dev.atexit.report.RecordedExit.Stall;
import dev.atexit.report.RecordedExit.ThreadStack;
import java.util.ArrayList;
import java.util.List;

/** The facts of a report in sentences, the same on the page and in the terminal. Foreign text in them is made visible. */
public final class Words {
    private static final int NAME = 120;
    private static final int TEXT = 400;

    private Words() {}

    /**
     * What ended.
     *
     * @param exit the exit
     * @return its command, or its process
     */
    public static String program(RecordedExit exit) {
        return exit.program()
                .command()
                .filter(command -> !command.isBlank())
                .map(command -> Shown.cut(command, NAME))
                .orElse("Process " + exit.program().pid());
    }

    /**
     * Why it ended.
     *
     * @param exit the exit
     * @return a sentence
     */
    public static String reason(RecordedExit exit) {
        Reason reason = exit.reason();
        return switch (reason.kind()) {
            case SIGNAL -> "The signal " + Shown.cut(reason.signal().orElse("?"), NAME) + " told it to end.";
            case EXIT ->
                reason.caller()
                        .map(caller -> "System.exit was called by " + Shown.cut(caller, TEXT) + ".")
                        .orElse("System.exit was called; by whom is not known.");
            case END_OF_MAIN -> "Its last thread had ended, as programs do that are done.";
            case UNCAUGHT ->
                "Nothing caught " + reason.error().map(Words::error).orElse("an exception")
                        + ", which ended the thread " + quoted(reason.thread().orElse("?")) + ".";
            case REQUESTED -> "The program asked for a run of its handlers, and lived on.";
        };
    }

    /**
     * How it went.
     *
     * @param timeline the exit
     * @return a sentence or two
     */
    public static String verdict(Timeline timeline) {
        RecordedExit exit = timeline.exit();
        long handlers = timeline.handlers();
        String ends = ends(timeline);
        String before = exit.complete()
                ? ""
                : "A second signal ended the program before the exit was over; this is how far it had come. ";
        if (handlers == 0) {
            return before + (exit.clean() ? "There was nothing to run." : "Nothing ran.");
        }
        if (!ends.isEmpty()) {
            return before + "Of " + Shown.count(handlers, "handler") + ", " + ends + ".";
        }
        if (!exit.clean()) {
            return before + "Not everything ran and returned.";
        }
        return before + (handlers == 1 ? "Its one handler" : "All " + Shown.count(handlers, "handler"))
                + " ran and returned.";
    }

    private static String ends(Timeline timeline) {
        List<String> parts = new ArrayList<>();
        add(parts, timeline.count(Outcome.FAILED), "failed", "failed");
        add(parts, timeline.count(Outcome.TIMED_OUT), "timed out", "timed out");
        add(parts, timeline.count(Outcome.LEFT_BEHIND), "was left behind", "were left behind");
        add(parts, timeline.count(Outcome.SKIPPED), "never started", "never started");
        add(parts, timeline.count(Outcome.RUNNING), "was still running", "were still running");
        add(parts, timeline.count(Outcome.PENDING), "had yet to start", "had yet to start");
        return list(parts);
    }

    private static void add(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(Shown.grouped(count) + " " + (count == 1 ? one : many));
        }
    }

    private static String list(List<String> parts) {
        if (parts.size() < 2) {
            return String.join("", parts);
        }
        int last = parts.size() - 1;
        return String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    /**
     * How the exit stood to its deadline.
     *
     * @param exit the exit
     * @return a few words
     */
    public static String deadline(RecordedExit exit) {
        if (exit.deadlineNanos().isEmpty()) {
            return "none";
        }
        long deadline = exit.deadlineNanos().getAsLong();
        return Shown.duration(deadline) + (exit.durationNanos() < deadline ? ", kept" : ", reached");
    }

    /**
     * An end in a word or two.
     *
     * @param outcome the end
     * @return such as {@code timed out}
     */
    public static String outcome(Outcome outcome) {
        return switch (outcome) {
            case RAN -> "ran";
            case FAILED -> "failed";
            case TIMED_OUT -> "timed out";
            case LEFT_BEHIND -> "left behind";
            case SKIPPED -> "never started";
            case RUNNING -> "still running";
            case PENDING -> "yet to start";
        };
    }

    /**
     * What became of an entry.
     *
     * @param row the entry
     * @return a sentence without its subject
     */
    public static String fate(Row row) {
        Entry entry = row.entry();
        String after = "after " + Shown.duration(row.durationNanos());
        String bound = entry.timeoutNanos().isPresent()
                ? " (its timeout is " + Shown.duration(entry.timeoutNanos().getAsLong()) + ")"
                : "";
        return switch (entry.outcome()) {
            case RAN -> "ran for " + Shown.duration(row.durationNanos()) + " and returned";
            case FAILED ->
                "failed " + after
                        + entry.error().map(error -> ": " + error(error)).orElse("");
            case TIMED_OUT -> "had its time" + bound + ", was interrupted, and ended " + after;
            case LEFT_BEHIND ->
                entry.stall().filter(Stall::calledExit).isPresent()
                        ? "called System.exit, which never returns during an exit, and was left behind " + after
                        : "did not react when its time was up" + bound + ", and was left behind " + after;
            case SKIPPED -> "never started: no time was left";
            case RUNNING ->
                "had been running for " + Shown.duration(row.durationNanos()) + " when the program was ended";
            case PENDING -> "had yet to start when the program was ended";
        };
    }

    /**
     * What never started, by name.
     *
     * @param rows the entries, at least one
     * @param most how many are named
     * @return a sentence
     */
    public static String neverStarted(List<Row> rows, int most) {
        List<String> names = new ArrayList<>();
        for (Row row : rows.subList(0, Math.min(most, rows.size()))) {
            names.add(quoted(row.entry().name()));
        }
        if (rows.size() > most) {
            names.add(Shown.grouped(rows.size() - most) + " more");
        }
        boolean ended = rows.get(0).entry().outcome() == Outcome.PENDING;
        return list(names)
                + (ended ? " had yet to start when the program was ended" : " never started: no time was left") + ".";
    }

    /**
     * What was thrown, in one line.
     *
     * @param error what was thrown
     * @return its class and its message
     */
    public static String error(Failure error) {
        String type = Shown.cut(error.type(), NAME);
        return error.message()
                .map(message -> type + ": " + Shown.cut(message, TEXT))
                .orElse(type);
    }

    /**
     * What a handler waited for.
     *
     * @param stall where it stood
     * @return sentences; empty if it did not wait for a lock
     */
    public static String stall(Stall stall) {
        StringBuilder out = new StringBuilder();
        if (stall.lock().isPresent()) {
            out.append("It waited for ").append(Shown.cut(stall.lock().get(), TEXT));
            stall.owner()
                    .ifPresent(owner -> out.append(", which the thread ")
                            .append(quoted(owner.thread()))
                            .append(" held")
                            .append(
                                    owner.frames().isEmpty()
                                            ? ""
                                            : ", standing in "
                                                    + Shown.cut(owner.frames().get(0), TEXT)));
            out.append(".");
        }
        if (!stall.deadlock().isEmpty()) {
            out.append(out.isEmpty() ? "" : " ").append("That is a deadlock: ");
            List<String> parts = new ArrayList<>();
            for (ThreadStack thread :
                    stall.deadlock().subList(0, Math.min(10, stall.deadlock().size()))) {
                parts.add(quoted(thread.thread()) + " waits for "
                        + thread.lock().map(lock -> Shown.cut(lock, TEXT)).orElse("another one"));
            }
            if (stall.deadlock().size() > 10) {
                parts.add("so do " + Shown.grouped(stall.deadlock().size() - 10) + " more");
            }
            out.append(list(parts)).append(", so none of them can go on.");
        }
        return out.toString();
    }

    /**
     * How much of the exit an entry took.
     *
     * @param row the entry
     * @param exit the exit
     * @return such as {@code 64 %}
     */
    public static String share(Row row, RecordedExit exit) {
        double share = exit.durationNanos() == 0 ? 0 : row.durationNanos() * 100.0 / exit.durationNanos();
        return share < 1 ? "< 1 %" : Math.round(Math.min(100, share)) + " %";
    }

    private static String quoted(String name) {
        return "“" + Shown.name(name, NAME) + "”";
    }
}
