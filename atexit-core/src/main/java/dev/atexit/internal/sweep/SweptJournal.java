package dev.atexit.internal.sweep;

import dev.atexit.internal.exit.Text;
import dev.atexit.internal.journal.Header;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of one journal. Written by the thread that sweeps; not thread-safe. */
public final class SweptJournal {
    /** How it stands with a journal. */
    public enum State {
        /** Its owner lives. */
        ALIVE,
        /** Nothing is owed any more, and it is gone. */
        SWEPT,
        /** Something is still owed. */
        LEFT,
        /** It was written elsewhere, and only listed. */
        OTHER_HOST,
        /** It cannot be trusted. */
        REFUSED,
        /** Too many sweeps could not do it all. */
        QUARANTINED
    }

    /** Its name. */
    public final String id;

    State state = State.LEFT;
    String reason = "";
    int tries;

    @Nullable
    Header header;

    private final int maxItems;
    private final List<Performed> items = new ArrayList<>(0);
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private int total;

    SweptJournal(String id, int maxItems) {
        this.id = id;
        this.maxItems = maxItems;
    }

    /** How it stands. */
    public State state() {
        return state;
    }

    /** Why; empty if there is nothing to say. */
    public String reason() {
        return reason;
    }

    /** How many sweeps have left something. */
    public int tries() {
        return tries;
    }

    /** Whose it is; null if that could not be read. */
    public @Nullable Header header() {
        return header;
    }

    /** What was owed, the newest first. */
    public List<Performed> items() {
        return items;
    }

    /** How many more there were than the {@link #items}. */
    public int omitted() {
        return total - items.size();
    }

    /** How many came out so. */
    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    void set(State now, String why) {
        state = now;
        reason = why;
    }

    void add(Performed performed) {
        total++;
        counts.merge(performed.outcome, 1, Integer::sum);
        if (items.size() < maxItems) {
            items.add(performed);
        } else if (performed.outcome == Outcome.FAILED) {
            replaceDone(performed);
        }
    }

    /** Begins anew. */
    void forget() {
        total = 0;
        items.clear();
        counts.clear();
    }

    /** Failures are told before what went well. */
    private void replaceDone(Performed performed) {
        for (int i = items.size() - 1; i >= 0; i--) {
            if (items.get(i).outcome != Outcome.FAILED) {
                items.remove(i);
                items.add(performed);
                return;
            }
        }
    }

    /** What a starting program says about it; null if it is not worth a line. */
    @Nullable
    String line() {
        int done = count(Outcome.DONE);
        int failed = count(Outcome.FAILED);
        if (done + failed == 0) {
            return null;
        }
        StringBuilder out = new StringBuilder("cleaned up after ");
        Header owner = header;
        if (owner == null) {
            out.append("a program");
        } else {
            out.append("process ").append(owner.process.pid);
            if (!owner.program.isEmpty()) {
                out.append(" (").append(Text.escape(owner.program)).append(')');
            }
        }
        out.append(", which has ended: ").append(done).append(" removed");
        if (failed > 0) {
            out.append(", ").append(failed).append(" left");
            for (Performed item : items) {
                if (item.outcome == Outcome.FAILED) {
                    out.append(", such as ")
                            .append(Text.escape(item.target))
                            .append(": ")
                            .append(Text.escape(item.reason));
                    break;
                }
            }
        }
        if (state == State.QUARANTINED) {
            out.append("; put aside after ").append(tries).append(" tries");
        }
        return out.toString();
    }
}
