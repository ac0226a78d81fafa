package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;

/** How far an exit has come. Immutable. */
public final class Progress {
    /** How long it has taken so far. */
    public final long elapsedNanos;

    /** The bound of the whole exit; 0 for none. */
    public final long deadlineNanos;

    /** How many tasks have ended, in whatever way. */
    public final int done;

    /** How many tasks are to come, as far as that is known: one that stands for others counts once. */
    public final int toCome;

    /** What runs, longest first. */
    public final List<Running> running;

    /** What Ctrl-C would do; empty for nothing. */
    public final String hint;

    /** Takes the values as they are. */
    public Progress(long elapsedNanos, long deadlineNanos, int done, int toCome, List<Running> running, String hint) {
        this.elapsedNanos = elapsedNanos;
        this.deadlineNanos = deadlineNanos;
        this.done = done;
        this.toCome = toCome;
        this.running = running;
        this.hint = hint;
    }

    static Progress of(Unwinder unwinder, long deadlineNanos, String hint) {
        synchronized (unwinder.lock) {
            long now = unwinder.elapsed();
            int done = unwinder.results.size() + unwinder.quiet + unwinder.nested;
            int toCome = 0;
            for (Frame frame = unwinder.top; frame != null; frame = frame.below) {
                done += frame.done();
                toCome += frame.source.left();
            }
            List<Running> running = new ArrayList<>(unwinder.workers.size());
            for (Worker worker : unwinder.workers) {
                Task task = worker.task;
                Frame frame = worker.frame;
                if (task != null && frame != null) {
                    insert(running, running(worker, task, frame, now));
                }
            }
            return new Progress(now, deadlineNanos, done, toCome, running, hint);
        }
    }

    private static Running running(Worker worker, Task task, Frame frame, long now) {
        String label = task.label();
        for (Frame around = frame; around != null; around = around.below) {
            if (around.parent != null) {
                label = around.parent.label() + " > " + label;
            }
        }
        long bound = worker.limitNanos == Unwinder.NEVER ? 0 : Math.max(1, worker.limitNanos - worker.startedNanos);
        return new Running(label, now - worker.startedNanos, bound, worker.interruptedNanos != 0);
    }

    /** There are few of them. */
    private static void insert(List<Running> running, Running one) {
        int place = running.size();
        while (place > 0 && running.get(place - 1).elapsedNanos < one.elapsedNanos) {
            place--;
        }
        running.add(place, one);
    }

    /** A task that runs. */
    public static final class Running {
        /** What to call it, after what it belongs to. */
        public final String label;

        /** How long it has been running. */
        public final long elapsedNanos;

        /** How long it may run before it is interrupted; 0 for no bound. */
        public final long boundNanos;

        /** Whether its time was up. */
        public final boolean interrupted;

        /** Takes the values as they are. */
        public Running(String label, long elapsedNanos, long boundNanos, boolean interrupted) {
            this.label = label;
            this.elapsedNanos = elapsedNanos;
            this.boundNanos = boundNanos;
            this.interrupted = interrupted;
        }
    }
}
