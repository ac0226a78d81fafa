package dev.atexit.cli.sweep;

import dev.atexit.durable.SweepReport;
import dev.atexit.durable.SweepReport.Item;
import dev.atexit.durable.SweepReport.Journal;
import dev.atexit.durable.SweepReport.Outcome;
import dev.atexit.durable.SweepReport.State;
import dev.atexit.internal.exit.Text;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** What a sweep did, in lines that stand for themselves: one for each item, and one for all. */
final class SweepLines {
    private final PrintWriter out;
    private final boolean quiet;
    private final boolean dry;

    SweepLines(PrintWriter out, boolean quiet, boolean dry) {
        this.out = out;
        this.quiet = quiet;
        this.dry = dry;
    }

    void print(SweepReport report) {
        for (Journal journal : report.journals()) {
            print(journal);
        }
        if (!quiet) {
            out.println(summary(report));
        }
    }

    private void print(Journal journal) {
        String owner = " [" + Words.owner(journal) + "]";
        for (Item item : journal.items()) {
            if (!quiet || isLeft(item.outcome())) {
                out.println(word(item.outcome()) + ": " + item.action() + " " + Text.escape(item.target()) + owner
                        + because(item.reason()));
                printOutput(item.output());
            }
        }
        if (journal.omitted() > 0 && (!quiet || journal.state() != State.SWEPT)) {
            out.println("and " + Words.count(journal.omitted(), "more item") + owner);
        }
        if (isWorthALine(journal)) {
            out.println(word(journal.state()) + ": journal " + journal.id() + owner + because(journal.reason()));
        }
    }

    private void printOutput(String output) {
        if (!output.isEmpty()) {
            for (String line : output.lines().toList()) {
                out.println("    | " + Text.escape(line));
            }
        }
    }

    private static String because(String reason) {
        return reason.isEmpty() ? "" : ": " + Text.escape(reason);
    }

    private static boolean isLeft(Outcome outcome) {
        return outcome == Outcome.FAILED || outcome == Outcome.NOT_RUN || outcome == Outcome.OWED;
    }

    private boolean isWorthALine(Journal journal) {
        return switch (journal.state()) {
            case REFUSED, QUARANTINED -> true;
            case LEFT -> !journal.reason().isEmpty() || journal.items().isEmpty();
            case OTHER_HOST -> !quiet;
            case SWEPT, ALIVE -> !quiet && !journal.reason().isEmpty();
        };
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case DONE -> "done";
            case GONE -> "gone already";
            case LEFT_ALONE -> "not done";
            case FAILED -> "failed";
            case NOT_RUN -> "not run";
            case OWED -> "to do";
        };
    }

    private String word(State state) {
        return switch (state) {
            case ALIVE -> "alive";
            case SWEPT -> "swept";
            case LEFT -> dry ? "to sweep" : "left";
            case OTHER_HOST -> "of another host";
            case REFUSED -> "refused";
            case QUARANTINED -> "quarantined";
        };
    }

    private String summary(SweepReport report) {
        List<String> counts = new ArrayList<>();
        for (State state : State.values()) {
            int count = report.count(state);
            if (count > 0) {
                counts.add(count + " " + word(state));
            }
        }
        String where = Text.escape(report.directory().toString());
        return counts.isEmpty()
                ? "Nothing to sweep in " + where + "."
                : "Journals in " + where + ": " + String.join(", ", counts) + ".";
    }
}
