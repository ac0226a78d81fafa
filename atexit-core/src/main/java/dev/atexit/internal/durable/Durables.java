package dev.atexit.internal.durable;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Rendezvous;
import dev.atexit.internal.journal.Action;
import dev.atexit.internal.journal.Journal;
import dev.atexit.internal.tree.RecordedFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What this process owes, written down. The journal is opened by the first record, and is one for all copies of the library
 * in this JVM: the table {@code journal} has its state under {@code state}, and under {@link Rendezvous#FAREWELL} the
 * Runnable of the copy that opened it, which closes it.
 *
 * <p>Where nothing can be written, all of this does nothing, and that is said once: a program goes on without.
 *
 * <p>Lock order: this class, the tables, the journal.
 */
public final class Durables {
    private static final String TABLE = "journal";
    private static final String STATE = "state";
    private static final String OFF = "cleanup that survives a kill is off: ";

    private static final String STILL = "; what was written before still counts";
    private static final String UNTIL = "; what was written before counts until the first of it is done or taken back";

    private static final Object[] NONE = {};

    private static volatile @Nullable Journal journal;

    // Guarded by the class.
    private static boolean off;

    private static boolean complained;

    private Durables() {}

    /**
     * Writes down what will have to be done. Not to be called with a lock held that a listener may want.
     *
     * @return a ticket for the other methods; 0 if nothing was written
     */
    public static long intend(Action action) {
        Journal there = journal;
        if (there == null) {
            there = open();
        }
        if (there == null) {
            return 0;
        }
        long ticket = there.intend(action);
        if (ticket == 0) {
            ticket = afterFailure(there, action);
        }
        return ticket;
    }

    /** Writes down what was made of an intent; returns the ticket from now on. */
    public static long made(long ticket, RecordedFile file) {
        Journal there = journal;
        return ticket == 0 || there == null ? ticket : there.made(ticket, file);
    }

    /** Writes down that a part of a group is done; returns a ticket for {@link #strikeOutDone}. */
    public static long done(long ticket, int part) {
        Journal there = journal;
        return ticket == 0 || there == null ? 0 : there.done(ticket, part);
    }

    /** What that was a part of has been struck out. */
    public static void strikeOutDone(long done) {
        Journal there = journal;
        if (done != 0 && there != null) {
            there.strikeOutDone(done);
        }
    }

    /** It is done, or nobody's business any more. A ticket is struck out once. */
    public static void strikeOut(long ticket) {
        Journal there = journal;
        if (ticket != 0 && there != null) {
            there.strikeOut(ticket);
        }
    }

    /** Whether commands may be registered. */
    public static boolean allowsCommands() {
        return new DurablePolicy(ExitScope.current().settings()).commands;
    }

    /**
     * Another copy may have closed an empty journal in this instant; or the disk is full, or has failed. Then there is no other
     * journal for as long as anything is owed: tickets are for the one that they were written to.
     */
    private static long afterFailure(Journal failed, Action action) {
        String trouble = failed.takeTrouble();
        if (trouble != null) {
            if (complainOnce()) {
                say(List.of(OFF + trouble + (failed.hasFailed() ? UNTIL : STILL)));
            }
            return 0;
        }
        Journal closed = failed;
        while (closed.isClosed()) {
            forget(closed);
            Journal next = open();
            if (next == null || next.isSameAs(closed)) {
                // It stays the journal of this JVM, whose exit is over.
                return 0;
            }
            long ticket = next.intend(action);
            if (ticket != 0) {
                return ticket;
            }
            closed = next;
        }
        return 0;
    }

    private static synchronized boolean complainOnce() {
        boolean first = !complained;
        complained = true;
        return first;
    }

    private static @Nullable Journal open() {
        List<String> said = new ArrayList<>(0);
        Journal opened = open(said);
        say(said);
        return opened;
    }

    private static synchronized @Nullable Journal open(List<String> said) {
        Journal there = journal;
        if (there != null || off) {
            return there;
        }
        DurablePolicy policy = new DurablePolicy(ExitScope.current().settings());
        said.addAll(policy.warnings);
        if (!policy.durable) {
            off = true;
            return null;
        }
        try {
            Object[] state = Rendezvous.withTable(TABLE, new Use(null));
            if (state == NONE) {
                OwnJournal own = OwnJournal.create(policy.force);
                state = Rendezvous.withTable(TABLE, new Use(own));
                if (state == own.state) {
                    own.attend(policy);
                } else {
                    // Another copy was faster.
                    own.discard();
                }
            }
            there = new Journal(state, policy.force);
            ExitScope.jvm().whenIdle(new Leave());
            journal = there;
            return there;
        } catch (IOException unusable) {
            off = true;
            said.add(OFF + unusable.getMessage());
            return null;
        }
    }

    private static synchronized void forget(Journal closed) {
        if (journal == closed) {
            journal = null;
        }
    }

    /** A journal is closed; for good if the exit is over. Another one may have been opened since. */
    static synchronized void end(Object[] state) {
        off |= ExitScope.jvm().exiting();
        Journal there = journal;
        if (there != null && there.isOf(state)) {
            journal = null;
        }
    }

    private static void say(List<String> lines) {
        for (String line : lines) {
            ExitScope.current().say(line);
        }
    }

    /** Looks up the journal of this JVM, or makes this one it if there is none. */
    private static final class Use implements Function<Map<Object, Object>, Object[]> {
        private final @Nullable OwnJournal own;

        Use(@Nullable OwnJournal own) {
            this.own = own;
        }

        @Override
        public Object[] apply(Map<Object, Object> table) {
            if (own != null && !table.containsKey(STATE)) {
                table.put(STATE, own.state);
                table.put(Rendezvous.FAREWELL, own);
            }
            Object state = table.get(STATE);
            return state == null ? NONE : (Object[]) state;
        }
    }

    /**
     * An application that is undeployed must not be kept by a journal in which nothing stands. That is closed and taken out of
     * the table in one step: whoever finds a journal closed finds it in the table no more, and opens another one.
     */
    private static final class Leave implements Runnable {
        @Override
        public void run() {
            Journal there = journal;
            // The use of the table has this called again.
            if (there == null || there.isClosed() || there.live() != 0) {
                return;
            }
            Object farewell = Rendezvous.withTable(TABLE, new Close(there));
            if (there.isClosed()) {
                forget(there);
            }
            if (farewell instanceof Runnable closing) {
                closing.run();
            }
        }
    }

    /** Closes a journal in which nothing stands; returns its farewell, or {@link #NONE}. */
    private static final class Close implements Function<Map<Object, Object>, Object> {
        private final Journal journal;

        Close(Journal journal) {
            this.journal = journal;
        }

        @Override
        public Object apply(Map<Object, Object> table) {
            if (!journal.closeIfEmpty() || !(table.get(STATE) instanceof Object[] state) || !journal.isOf(state)) {
                return NONE;
            }
            table.remove(STATE);
            Object farewell = table.remove(Rendezvous.FAREWELL);
            return farewell == null ? NONE : farewell;
        }
    }
}
