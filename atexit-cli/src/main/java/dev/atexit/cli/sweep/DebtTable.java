package dev.atexit.cli.sweep;

import dev.atexit.cli.output.Colour;
import dev.atexit.cli.output.Columns;
import dev.atexit.cli.output.Table;
import dev.atexit.durable.SweepReport;
import dev.atexit.durable.SweepReport.Item;
import dev.atexit.durable.SweepReport.Journal;
import dev.atexit.durable.SweepReport.Outcome;
import dev.atexit.durable.SweepReport.State;
import dev.atexit.internal.exit.Text;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who owes what, one row for each program. */
final class DebtTable {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int PROGRAM_WIDTH = 20;

    private final boolean whole;

    DebtTable(boolean whole) {
        this.whole = whole;
    }

    void print(SweepReport report, PrintWriter out, boolean colour) {
        if (report.journals().isEmpty()) {
            out.println("Nothing is owed in " + Text.escape(report.directory().toString()) + ".");
            return;
        }
        Table table = new Table(
                List.of("PID", "STARTED (UTC)", "PROGRAM", "STATE", "OWED"), new int[] {10, 16, PROGRAM_WIDTH, 11}, 3);
        for (Journal journal : report.journals()) {
            table.add(
                    colour(journal.state()),
                    journal.pid().isPresent() ? Long.toString(journal.pid().getAsLong()) : "-",
                    started(journal),
                    journal.program().isEmpty() ? "-" : Columns.end(Text.escape(journal.program()), PROGRAM_WIDTH),
                    Words.of(journal.state()),
                    owed(journal));
            addNotes(journal, table);
            if (whole) {
                addItems(journal, table);
            }
        }
        table.print(out, colour);
        if (report.omitted() > 0) {
            out.println("and " + Words.count(report.omitted(), "more program"));
        }
    }

    private static void addItems(Journal journal, Table table) {
        for (Item item : journal.items()) {
            String why = item.reason().isEmpty() ? "" : ": " + Text.escape(item.reason());
            table.addLine(
                    "  " + Words.of(item.outcome()) + ": " + item.action() + " " + Text.escape(item.target()) + why);
        }
        if (journal.omitted() > 0) {
            table.addLine("  and " + Words.count(journal.omitted(), "more item"));
        }
    }

    private static String started(Journal journal) {
        Instant start = journal.startedAt().orElse(null);
        return start == null ? "-" : MINUTES.format(start);
    }

    private static String owed(Journal journal) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Item item : journal.items()) {
            if (item.outcome() == Outcome.OWED || item.outcome() == Outcome.FAILED) {
                counts.merge(noun(item.action()), 1, Integer::sum);
            }
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            parts.add(Words.count(count.getValue(), count.getKey()));
        }
        if (journal.omitted() > 0) {
            parts.add(journal.omitted() + " more");
        }
        if (parts.isEmpty()) {
            return journal.pid().isPresent() ? "nothing" : "unknown";
        }
        return String.join(", ", parts);
    }

    /** What an action is about: {@code delete tree} about a tree. */
    private static String noun(String action) {
        int blank = action.indexOf(' ');
        return blank < 0 ? action + " record" : action.substring(blank + 1);
    }

    private static void addNotes(Journal journal, Table table) {
        List<String> notes = new ArrayList<>();
        if (journal.state() == State.OTHER_HOST && !journal.host().isEmpty()) {
            notes.add("on host " + Text.escape(journal.host()));
        }
        if (journal.tries() > 0) {
            notes.add("tried " + Words.count(journal.tries(), "time"));
        }
        if (!journal.reason().isEmpty()) {
            notes.add(Text.escape(journal.reason()));
        }
        if (!notes.isEmpty()) {
            table.addNote(String.join("; ", notes));
        }
    }

    private static @Nullable Colour colour(State state) {
        return switch (state) {
            case ALIVE -> Colour.GREEN;
            case LEFT -> Colour.YELLOW;
            case REFUSED, QUARANTINED -> Colour.RED;
            case SWEPT, OTHER_HOST -> null;
        };
    }
}
