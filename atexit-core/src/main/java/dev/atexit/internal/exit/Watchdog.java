package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;

/**
 * Watches the workers of an {@link Unwinder} on the thread that waits for them: interrupts what is past its bound, leaves
 * behind what does not end, replaces workers, skips what is left at the deadline. Not needed by an exit that is over in a
 * few milliseconds. Everything but {@link #watch} is called with the unwinder's lock held.
 */
final class Watchdog {
    /** How long a task may take to react to its interrupt. */
    private static final long INTERRUPT_GRACE_NANOS = 100_000_000;

    /** How often at most, and at least, to look at a running task. */
    private static final long LOOK_MIN_NANOS = 5_000_000;

    private static final long LOOK_MAX_NANOS = 200_000_000;

    private final Unwinder unwinder;
    private final Object lock;
    private final int floor;
    private boolean cut;

    /** Workers for whom others are started, once it is told what became of them. */
    private final List<Worker> missed = new ArrayList<>(0);

    /**
     * Creates a watchdog.
     *
     * @param floor how many frames are none of its business
     */
    Watchdog(Unwinder unwinder, int floor) {
        this.unwinder = unwinder;
        this.lock = unwinder.lock;
        this.floor = floor;
    }

    /** Returns when all is done, left behind or skipped, and all that happened is told. */
    void watch() {
        boolean interrupted = Thread.interrupted();
        for (; ; ) {
            Runnable due;
            List<Notice> news;
            boolean workHere;
            synchronized (lock) {
                boolean done = unwinder.isDone(floor);
                if (done && unwinder.pending.isEmpty()) {
                    break;
                }
                replaceMissed();
                long now = unwinder.elapsed();
                long wake = done ? now : look(now);
                due = unwinder.takeAlarm(now);
                news = takePending();
                workHere = missed.isEmpty()
                        && unwinder.shortOfThreads
                        && unwinder.workers.isEmpty()
                        && !unwinder.isDone(floor);
                if (news.isEmpty() && due == null && missed.isEmpty() && !workHere && !unwinder.isDone(floor)) {
                    long until = Math.min(wake, unwinder.nextAlarm());
                    try {
                        unwinder.await(Math.max(1, until - now), true);
                    } catch (InterruptedException later) {
                        interrupted = true;
                    }
                }
            }
            if (due != null) {
                due.run();
            }
            for (Notice notice : news) {
                if (notice.stall != null) {
                    notice.stall.explain();
                }
                unwinder.deliver(notice);
            }
            if (workHere) {
                // No thread is to be had: unbounded is better than not at all.
                unwinder.work(new Worker(unwinder, Thread.currentThread(), floor));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Notice> takePending() {
        List<Notice> news = new ArrayList<>(unwinder.pending);
        unwinder.pending.clear();
        return news;
    }

    /** Looks at every worker and does what is due; returns when to look again. */
    private long look(long now) {
        if (now >= unwinder.deadlineNanos && !cut) {
            cut = true;
            skipTheRest();
        }
        long wake = now + LOOK_MAX_NANOS;
        if (!cut) {
            wake = Math.min(wake, unwinder.deadlineNanos);
        }
        List<Worker> workers = unwinder.workers;
        for (int i = workers.size() - 1; i >= 0; i--) {
            Worker worker = workers.get(i);
            if (worker.task != null && cut) {
                worker.limitNanos = Math.min(worker.limitNanos, now);
            }
            if (!worker.thread.isAlive()) {
                buryDead(worker, now);
                missed.add(workers.remove(i));
            } else if (worker.task == null) {
                wake = Math.min(wake, now + LOOK_MIN_NANOS);
            } else {
                long next = lookAt(worker, now);
                if (worker.abandoned) {
                    missed.add(workers.remove(i));
                } else {
                    wake = Math.min(wake, next);
                }
            }
        }
        if (workers.isEmpty() && missed.isEmpty() && !unwinder.isDone(floor)) {
            // The last one could not be replaced when it was time.
            unwinder.startWorkers(1, floor);
        }
        return wake;
    }

    /** Starts another worker for each one that is missed, if the frames for which it was started are still there. */
    private void replaceMissed() {
        for (int i = 0; i < missed.size(); i++) {
            Worker worker = missed.get(i);
            if (!unwinder.isDone(worker.floor)) {
                unwinder.startWorkers(1, worker.floor);
            }
        }
        missed.clear();
    }

    private long lookAt(Worker worker, long now) {
        if (worker.interruptedNanos != 0) {
            long end = worker.interruptedNanos + INTERRUPT_GRACE_NANOS;
            if (now >= end) {
                leaveBehind(worker, now, worker.standsInExit());
            }
            return end;
        }
        if (worker.standsInExit()) {
            leaveBehind(worker, now, true);
            return now;
        }
        if (now >= worker.limitNanos) {
            worker.stall = new Stall(worker.target());
            worker.interruptedNanos = Math.max(1, now);
            worker.thread.interrupt();
            return now + INTERRUPT_GRACE_NANOS;
        }
        long running = now - worker.startedNanos;
        long wake = Math.min(worker.limitNanos, now + Math.max(LOOK_MIN_NANOS, Math.min(running / 2, LOOK_MAX_NANOS)));
        if (unwinder.noticeNanos > 0 && !worker.noticed) {
            if (running >= unwinder.noticeNanos && worker.task != null) {
                worker.noticed = true;
                Stall stall = new Stall(worker.target());
                worker.stall = stall;
                unwinder.pending.add(Notice.stuck(worker.task.label(), running, stall, worker.task.site()));
            } else {
                wake = Math.min(wake, worker.startedNanos + unwinder.noticeNanos);
            }
        }
        return wake;
    }

    private void leaveBehind(Worker worker, long now, boolean inExit) {
        Task task = worker.task;
        Frame frame = worker.frame;
        if (task == null || frame == null) {
            return;
        }
        Thread target = worker.target();
        TaskResult result = unwinder.started(task, worker.startedNanos)
                .on(target)
                .stall(inExit ? new Stall(target.getStackTrace(), null) : new Stall(target))
                .calledExit(inExit)
                .build(Outcome.LEFT_BEHIND, now - worker.startedNanos);
        if (unwinder.flight != null) {
            unwinder.flight.endTask(worker.flight, result);
        }
        unwinder.pending.add(Notice.ended(Notice.Kind.LEFT_BEHIND, result));
        unwinder.record(frame, task, result);
        // Last: where memory is short before, the next look does it again.
        worker.abandoned = true;
    }

    /** A worker's thread ended: in order, or because even the library's own code could not go on in it. */
    private void buryDead(Worker worker, long now) {
        Task task = worker.task;
        Frame frame = worker.frame;
        if (task == null || frame == null) {
            return;
        }
        worker.abandoned = true;
        TaskResult result = unwinder.started(task, worker.startedNanos)
                .on(worker.thread)
                .error(new IllegalStateException("the thread that ran it died"))
                .build(Outcome.FAILED, now - worker.startedNanos);
        unwinder.pending.add(Notice.ended(Notice.Kind.FINISHED, result));
        unwinder.record(frame, task, result);
    }

    private void skipTheRest() {
        List<TaskResult> skipped = new ArrayList<>();
        for (Frame frame = unwinder.top; frame != null; frame = frame.below) {
            frame.source.cut();
            skip(frame.source, frame.results, skipped);
        }
        if (!skipped.isEmpty()) {
            unwinder.pending.add(Notice.skipped(skipped));
        }
    }

    /**
     * Skips what is left in a source.
     *
     * @param results where what became of its tasks belongs
     * @param leaves what is to be named: for a task that stands for others, these
     */
    private static void skip(TaskSource source, List<TaskResult> results, List<TaskResult> leaves) {
        for (Task task = source.takeSkipped(); task != null; task = source.takeSkipped()) {
            TaskResult.Builder builder = new TaskResult.Builder(task);
            TaskSource children = task.children();
            List<TaskResult> inside = new ArrayList<>(0);
            if (children != null) {
                children.cut();
                skip(children, inside, leaves);
                builder.children(inside, 0);
            }
            TaskResult result = builder.build(Outcome.SKIPPED, 0);
            results.add(result);
            source.ended(task, result);
            if (children == null) {
                task.release();
            }
            if (inside.isEmpty()) {
                leaves.add(result);
            }
        }
    }
}
