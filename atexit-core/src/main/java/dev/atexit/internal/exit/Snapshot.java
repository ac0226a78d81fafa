package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;

/** What has come of a run that is cut off in its middle: what has ended, and what still runs. */
final class Snapshot {
    private Snapshot() {}

    static ExitSummary of(Unwinder unwinder, Reason reason, long deadline, List<String> warnings) {
        synchronized (unwinder.lock) {
            long now = unwinder.elapsed();
            List<TaskResult> inner = new ArrayList<>(0);
            int quiet = 0;
            for (Frame frame = unwinder.top; frame != null; frame = frame.below) {
                List<TaskResult> all = new ArrayList<>(frame.results);
                addRunning(unwinder, frame, now, all);
                all.addAll(inner);
                quiet += frame.quiet;
                inner = all;
                if (frame.parent != null) {
                    inner = new ArrayList<>(1);
                    inner.add(unwinder.started(frame.parent, frame.startedNanos)
                            .children(all, quiet)
                            .build(Outcome.RUNNING, now - frame.startedNanos));
                    quiet = 0;
                }
            }
            List<TaskResult> results = new ArrayList<>(unwinder.results);
            results.addAll(inner);
            return new ExitSummary(
                    reason, unwinder.beganMillis, now, deadline, false, warnings, results, unwinder.quiet + quiet);
        }
    }

    private static void addRunning(Unwinder unwinder, Frame frame, long now, List<TaskResult> to) {
        for (Worker worker : unwinder.workers) {
            Task task = worker.task;
            if (task != null && worker.frame == frame) {
                Thread target = worker.target();
                to.add(unwinder.started(task, worker.startedNanos)
                        .on(target)
                        .stall(new Stall(target))
                        .build(Outcome.RUNNING, now - worker.startedNanos));
            }
        }
    }
}
