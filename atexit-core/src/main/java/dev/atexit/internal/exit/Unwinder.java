package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one unwinder: runs the tasks of a source, and of the sources nested in it, one after another (or as many at once as
 * a source allows), each within its bound, and collects what became of them.
 *
 * <p>What is being unwound lives in a stack of {@link Frame}s and not on the call stack of the thread that does it. So
 * when a task hangs, its worker is given up and a fresh one goes on at the same place, also in the middle of a nested
 * source.
 *
 * <p>Two ways to run. <em>Watched</em>: workers run the tasks, and the thread that called watches them: it interrupts
 * what is past its bound, leaves behind what does not end, skips what is left at the deadline. <em>Inline</em>: the
 * calling thread runs the tasks itself, so that a caller who holds a monitor does not deadlock; only for a task with a
 * timeout of its own, or a parallel source, it turns into a watcher.
 *
 * <p>Lock order: {@code lock}, then the lock of a source. Nothing of the user's runs while {@code lock} is held.
 */
final class Unwinder {
    /** A task that ran longer than this is kept in the report by itself. */
    private static final long SLOW_NANOS = 1_000_000;

    /** How long a task may take to react to its interrupt. */
    private static final long INTERRUPT_GRACE_NANOS = 100_000_000;

    /** How often at least, and at most, the watcher looks at a running task. */
    private static final long LOOK_MIN_NANOS = 5_000_000;

    private static final long LOOK_MAX_NANOS = 200_000_000;

    /** The bound of a worker's wait for something to do; it is notified long before. */
    private static final long IDLE_NANOS = 1_000_000_000;

    static final long NEVER = Long.MAX_VALUE;

    private final Object lock = new Object();
    private final Clock clock;
    private final Notifier notifier;
    private final long noticeNanos;
    private final long beganNanos;
    private final long beganMillis;

    // Guarded by lock.
    private final List<Worker> workers = new ArrayList<>(1);
    private final List<Notice> pending = new ArrayList<>(0);
    private List<TaskResult> results = List.of();
    private int quiet;
    private @Nullable Frame top;
    private long deadlineNanos = NEVER;
    private boolean cut;
    private boolean shortOfThreads;
    private @Nullable Runnable alarm;
    private long alarmNanos = NEVER;

    /**
     * Creates an unwinder whose time begins now.
     *
     * @param noticeNanos after how long in one task the watcher says so, 0 for never
     */
    Unwinder(Clock clock, Notifier notifier, long noticeNanos) {
        this.clock = clock;
        this.notifier = notifier;
        this.noticeNanos = noticeNanos;
        this.beganNanos = clock.nanos();
        this.beganMillis = clock.millis();
    }

    /** Nanoseconds since the unwinder was created. */
    long elapsed() {
        return clock.nanos() - beganNanos;
    }

    /** Has {@code action} run once by the watcher if it still watches after so long. */
    void alarm(Runnable action, long afterNanos) {
        synchronized (lock) {
            alarm = action;
            alarmNanos = afterNanos;
        }
    }

    /** Runs everything on the calling thread, as far as no bound asks for another. */
    void runInline(TaskSource source) {
        open(source, NEVER);
        work(new Worker(Thread.currentThread(), true, 0));
    }

    /**
     * Runs everything on workers, and returns when all is done, left behind or, past the deadline, skipped.
     *
     * @param deadline relative to the creation of the unwinder, or {@link #NEVER}
     */
    void runWatched(TaskSource source, long deadline) {
        open(source, deadline);
        watch(0, 1);
    }

    /** What has come of it so far. */
    ExitSummary summary(@Nullable Reason reason) {
        synchronized (lock) {
            return new ExitSummary(reason, beganMillis, elapsed(), List.copyOf(results), quiet);
        }
    }

    /** The labels of the tasks that run at this moment. */
    String running() {
        StringBuilder names = new StringBuilder();
        synchronized (lock) {
            for (Worker worker : workers) {
                if (worker.task != null) {
                    names.append(names.length() == 0 ? "'" : ", '")
                            .append(Text.escape(worker.task.label()))
                            .append('\'');
                }
            }
        }
        return names.toString();
    }

    private void open(TaskSource source, long deadline) {
        synchronized (lock) {
            deadlineNanos = deadline;
            cut = false;
            top = new Frame(source, null, null, elapsed());
        }
    }

    // ---- workers

    void work(Worker me) {
        for (Task task = next(me); task != null; task = next(me)) {
            if (notifier.wantsAll()) {
                notifier.deliver(Notice.started(task.label()));
            }
            Throwable error = null;
            try {
                task.run();
            } catch (Throwable thrown) {
                error = thrown;
            }
            if (!finish(me, task, error)) {
                return;
            }
            task.release();
        }
    }

    /** The next task for this worker; null when there is nothing left for it. */
    private @Nullable Task next(Worker me) {
        for (; ; ) {
            int watchFrom = -1;
            int watchers = 1;
            TaskResult closed = null;
            synchronized (lock) {
                Frame frame = top;
                if (me.abandoned || frame == null || frame.depth <= me.floor) {
                    return null;
                }
                int parallelism = frame.source.parallelism();
                Task task = frame.active < parallelism ? frame.source.take() : null;
                if (task == null) {
                    if (frame.active > 0) {
                        idle();
                    } else if (frame.source.close()) {
                        closed = closeTop(frame);
                    }
                } else if (task.children() != null) {
                    TaskSource children = task.children();
                    frame.active++;
                    top = new Frame(children, frame, task, elapsed());
                    watchers = children.parallelism();
                    if (me.inline && watchers > 1) {
                        watchFrom = frame.depth;
                    } else {
                        startWorkers(watchers - 1, frame.depth);
                    }
                } else if (me.inline && task.timeoutNanos() > 0 && !shortOfThreads) {
                    frame.active++;
                    top = new Frame(new SingleTask(task, frame.source), frame, null, elapsed());
                    watchFrom = frame.depth;
                } else {
                    begin(me, task, frame);
                    return task;
                }
            }
            if (closed != null && notifier.wantsAll()) {
                notifier.deliver(Notice.ended(Notice.Kind.FINISHED, closed));
            }
            if (watchFrom >= 0) {
                watch(watchFrom, watchers);
            }
        }
    }

    private void begin(Worker me, Task task, Frame frame) {
        frame.active++;
        me.task = task;
        me.frame = frame;
        me.startedNanos = elapsed();
        me.interruptedNanos = 0;
        me.noticed = false;
        me.limitNanos = me.inline ? NEVER : limit(task.timeoutNanos(), me.startedNanos);
        if (!me.inline) {
            // An interrupt was meant for the task before this one.
            Thread.interrupted();
        }
    }

    private long limit(long timeout, long now) {
        if (deadlineNanos == NEVER) {
            return timeout > 0 ? now + timeout : NEVER;
        }
        long left = Math.max(0, deadlineNanos - now);
        return now + (timeout > 0 ? Math.min(timeout, left) : left / 2);
    }

    private void idle() {
        try {
            clock.await(lock, IDLE_NANOS);
        } catch (InterruptedException meantForTheLastTask) {
            // The loop around looks at what has changed.
        }
    }

    /** Records the end of a worker's task; false if it was given up meanwhile. */
    private boolean finish(Worker me, Task task, @Nullable Throwable error) {
        TaskResult.Builder builder = null;
        if (error != null) {
            builder = new TaskResult.Builder(task, startedMillis(me)).error(error);
        }
        TaskResult result = null;
        synchronized (lock) {
            Frame frame = me.frame;
            if (me.abandoned || frame == null) {
                return false;
            }
            long duration = elapsed() - me.startedNanos;
            Outcome outcome = outcome(me, error);
            if (outcome != Outcome.RAN || duration > SLOW_NANOS || task.name() != null || notifier.wantsAll()) {
                result = (builder != null ? builder : new TaskResult.Builder(task, startedMillis(me)))
                        .build(outcome, duration);
            }
            record(frame, task, result, duration);
            me.task = null;
            me.frame = null;
        }
        if (result != null) {
            announce(result);
        }
        return true;
    }

    private static Outcome outcome(Worker me, @Nullable Throwable error) {
        if (me.interruptedNanos != 0) {
            return Outcome.TIMED_OUT;
        }
        return error == null ? Outcome.RAN : Outcome.FAILED;
    }

    private long startedMillis(Worker me) {
        return beganMillis + me.startedNanos / 1_000_000;
    }

    private void announce(TaskResult result) {
        if (result.outcome == Outcome.TIMED_OUT) {
            notifier.deliver(Notice.ended(Notice.Kind.TIMED_OUT, result));
        } else if (result.outcome == Outcome.FAILED || notifier.wantsAll()) {
            notifier.deliver(Notice.ended(Notice.Kind.FINISHED, result));
        }
    }

    private void record(Frame frame, Task task, @Nullable TaskResult result, long duration) {
        frame.active--;
        boolean quietly = result == null
                || (result.outcome == Outcome.RAN
                        && result.name == null
                        && duration <= SLOW_NANOS
                        && result.children.isEmpty());
        if (quietly) {
            frame.quiet++;
        } else {
            frame.results.add(result);
        }
        frame.source.ended(task, result);
        if (frame != top || frame.source.parallelism() > 1) {
            lock.notifyAll();
        }
    }

    /** Takes the top frame off; returns the result of the task it stood for, if it stood for one. */
    private @Nullable TaskResult closeTop(Frame frame) {
        TaskResult result = null;
        Frame below = frame.below;
        top = below;
        if (below == null) {
            results = frame.results;
            quiet = frame.quiet;
        } else if (frame.parent == null) {
            below.active--;
            below.results.addAll(frame.results);
            below.quiet += frame.quiet;
        } else {
            result = new TaskResult.Builder(frame.parent, beganMillis + frame.startedNanos / 1_000_000)
                    .children(frame)
                    .build(Outcome.RAN, elapsed() - frame.startedNanos);
            record(below, frame.parent, result, result.durationNanos);
        }
        lock.notifyAll();
        return result;
    }

    // ---- the watcher

    private void watch(int floor, int parallelism) {
        boolean interrupted = false;
        synchronized (lock) {
            startWorkers(parallelism, floor);
        }
        for (; ; ) {
            Runnable due = null;
            List<Notice> news = List.of();
            boolean workHere;
            synchronized (lock) {
                Frame frame = top;
                boolean done = frame == null || frame.depth <= floor;
                if (done && pending.isEmpty()) {
                    break;
                }
                long now = elapsed();
                long wake = done ? now : look(now, floor);
                if (alarm != null && now >= alarmNanos) {
                    due = alarm;
                    alarm = null;
                    alarmNanos = NEVER;
                }
                workHere = shortOfThreads && workers.isEmpty();
                if (!pending.isEmpty()) {
                    news = new ArrayList<>(pending);
                    pending.clear();
                } else if (due == null && !workHere && top != null && top.depth > floor) {
                    try {
                        clock.await(lock, Math.max(1, Math.min(wake, alarmNanos) - now));
                    } catch (InterruptedException later) {
                        interrupted = true;
                    }
                }
            }
            if (due != null) {
                due.run();
            }
            for (Notice notice : news) {
                notifier.deliver(notice);
            }
            if (workHere) {
                // No thread is to be had: unbounded is better than not at all.
                work(new Worker(Thread.currentThread(), true, floor));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at every worker and does what is due; returns when to look again. */
    private long look(long now, int floor) {
        if (now >= deadlineNanos && !cut) {
            cut = true;
            skipTheRest();
        }
        long wake = cut ? now + LOOK_MAX_NANOS : Math.min(deadlineNanos, now + LOOK_MAX_NANOS);
        int missing = 0;
        for (int i = workers.size() - 1; i >= 0; i--) {
            Worker worker = workers.get(i);
            if (worker.task != null && cut) {
                worker.limitNanos = Math.min(worker.limitNanos, now);
            }
            if (!worker.thread.isAlive()) {
                workers.remove(i);
                buryDead(worker, now);
                missing++;
            } else if (worker.task == null) {
                wake = Math.min(wake, now + LOOK_MIN_NANOS);
            } else {
                long next = lookAt(worker, now);
                if (worker.abandoned) {
                    workers.remove(i);
                    missing++;
                } else {
                    wake = Math.min(wake, next);
                }
            }
        }
        if (missing > 0) {
            startWorkers(missing, floor);
            wake = Math.min(wake, now + LOOK_MIN_NANOS);
        }
        return wake;
    }

    private long lookAt(Worker worker, long now) {
        if (worker.interruptedNanos != 0) {
            long end = worker.interruptedNanos + INTERRUPT_GRACE_NANOS;
            if (now >= end) {
                leaveBehind(worker, now, false);
            }
            return end;
        }
        if (now >= worker.limitNanos) {
            worker.interruptedNanos = Math.max(1, now);
            worker.thread.interrupt();
            return now + INTERRUPT_GRACE_NANOS;
        }
        if (worker.standsInExit()) {
            leaveBehind(worker, now, true);
            return now;
        }
        long running = now - worker.startedNanos;
        long wake = Math.min(worker.limitNanos, now + Math.max(LOOK_MIN_NANOS, Math.min(running / 2, LOOK_MAX_NANOS)));
        if (noticeNanos > 0 && !worker.noticed) {
            if (running >= noticeNanos && worker.task != null) {
                worker.noticed = true;
                pending.add(Notice.stuck(worker.task.label(), running, worker.thread.getStackTrace()));
            } else {
                wake = Math.min(wake, worker.startedNanos + noticeNanos);
            }
        }
        return wake;
    }

    private void leaveBehind(Worker worker, long now, boolean inExit) {
        Task task = worker.task;
        Frame frame = worker.frame;
        worker.abandoned = true;
        if (task == null || frame == null) {
            return;
        }
        long duration = now - worker.startedNanos;
        TaskResult result = new TaskResult.Builder(task, startedMillis(worker))
                .stack(worker.thread.getStackTrace(), inExit)
                .build(Outcome.LEFT_BEHIND, duration);
        pending.add(Notice.ended(Notice.Kind.LEFT_BEHIND, result));
        record(frame, task, result, duration);
    }

    /** A worker's thread ended: in order, or because even the library's own code could not go on in it. */
    private void buryDead(Worker worker, long now) {
        Task task = worker.task;
        Frame frame = worker.frame;
        if (task != null && frame != null) {
            worker.abandoned = true;
            long duration = now - worker.startedNanos;
            TaskResult result = new TaskResult.Builder(task, startedMillis(worker))
                    .error(new IllegalStateException("the thread that ran it died"))
                    .build(Outcome.FAILED, duration);
            pending.add(Notice.ended(Notice.Kind.FINISHED, result));
            record(frame, task, result, duration);
        }
    }

    private void skipTheRest() {
        List<TaskResult> skipped = new ArrayList<>();
        for (Frame frame = top; frame != null; frame = frame.below) {
            frame.source.cut();
            for (Task task = frame.source.takeSkipped(); task != null; task = frame.source.takeSkipped()) {
                TaskResult result = new TaskResult.Builder(task, 0).build(Outcome.SKIPPED, 0);
                frame.results.add(result);
                frame.source.ended(task, result);
                skipped.add(result);
            }
        }
        if (!skipped.isEmpty()) {
            pending.add(Notice.skipped(skipped));
        }
    }

    /** Starts {@code n} workers, or as many as there are threads for. */
    private void startWorkers(int n, int floor) {
        for (int i = 0; i < n; i++) {
            WorkerThread thread = new WorkerThread(this, floor);
            if (!thread.tryStart()) {
                shortOfThreads = workers.isEmpty();
                return;
            }
            workers.add(thread.worker);
        }
    }
}
