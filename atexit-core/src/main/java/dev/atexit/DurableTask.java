package dev.atexit;

import dev.atexit.internal.durable.Durables;
import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Task;
import dev.atexit.internal.journal.Action;
import dev.atexit.internal.sweep.Parts;
import dev.atexit.internal.sweep.Performed;
import dev.atexit.internal.sweep.Performer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A durable action's place among the handlers. Its record is struck out when it is done, and only then. */
final class DurableTask extends Task implements Parts {
    private final Action action;
    private final String label;
    private final AtomicLong ticket;

    // Of the thread that runs it.
    private final List<Long> done = new ArrayList<>(0);

    private DurableTask(Action action, String label, long ticket) {
        this.action = action;
        this.label = label;
        this.ticket = new AtomicLong(ticket);
    }

    static Registration register(DurableAction wanted) throws IOException {
        Action action = DurableRecords.of(wanted);
        DurableTask task = new DurableTask(action, DurableRecords.label(wanted), Durables.intend(action));
        boolean registered = false;
        try {
            ExitScope.current().register(task);
            registered = true;
        } finally {
            if (!registered) {
                task.forget();
            }
        }
        return new Handle(task);
    }

    @Override
    protected void run() throws IOException {
        StringBuilder left = new StringBuilder();
        for (Performed performed : Performer.ofOwner(true).perform(action, this)) {
            if (!performed.outcome.settled) {
                left.append(left.length() == 0 ? "" : "; ")
                        .append(performed.action)
                        .append(' ')
                        .append(performed.target)
                        .append(": ")
                        .append(performed.reason);
            }
        }
        if (left.length() > 0) {
            throw new IOException(left.toString());
        }
        forget();
        for (Long part : done) {
            Durables.strikeOutDone(part);
        }
    }

    @Override
    public boolean isDone(int part) {
        return false;
    }

    @Override
    public void done(int part) {
        done.add(Durables.done(ticket.get(), part));
    }

    private void forget() {
        Durables.strikeOut(ticket.getAndSet(0));
    }

    /** The record stays: an exit that is cut short leaves it to those who come after. */
    @Override
    protected void release() {}

    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String noun() {
        return "durable action";
    }

    @Override
    protected boolean printsStackTrace() {
        return false;
    }

    private static final class Handle implements Registration {
        private final DurableTask task;

        Handle(DurableTask task) {
            this.task = task;
        }

        @Override
        public boolean unregister() {
            boolean was = task.unregister();
            if (was) {
                task.forget();
            }
            return was;
        }

        @Override
        public boolean isPending() {
            return task.isPending();
        }
    }
}
