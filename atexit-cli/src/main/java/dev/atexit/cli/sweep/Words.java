package dev.atexit.cli.sweep;

import dev.atexit.durable.SweepReport;
import dev.atexit.internal.exit.Text;
import java.util.Locale;

/** Words that stand for what is in a report. */
final class Words {
    private Words() {}

    /** Such as {@code left-alone}: the same in tables and in JSON. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Such as {@code 2 trees}. */
    static String count(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** Whose a journal is, as far as it is known, with control characters escaped. */
    static String owner(SweepReport.Journal journal) {
        StringBuilder out = new StringBuilder();
        if (!journal.program().isEmpty()) {
            out.append(Text.escape(journal.program())).append(", ");
        }
        if (journal.pid().isPresent()) {
            out.append("pid ").append(journal.pid().getAsLong());
        } else {
            out.append("journal ").append(journal.id());
        }
        if (journal.state() == SweepReport.State.OTHER_HOST && !journal.host().isEmpty()) {
            out.append(" on ").append(Text.escape(journal.host()));
        }
        return out.toString();
    }
}
