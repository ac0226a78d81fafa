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
 * <p>Two ways to run. <em>Watched</em>: workers run the tasks, and the thread that called watches them, see {@link
 * Watchdog}. <em>Inline</em>: the calling thread runs the tasks itself, so that a caller who holds a monitor does not
 * deadlock; only for a task with a timeout of its own, or a parallel source, it turns into a watcher.
 *
 * <p>Lock order: {@code lock}, then the lock of a source. Nothing of the user's runs while {@code lock} is held. This class
 * has what every exit needs; what only a troubled one needs is loaded when there is trouble.
 */
final class Unwinder {
    static final long NEVER = Long.MAX_VALUE;

    /** A task that ran longer than this is kept in the report by itself. */
    private static final long SLOW_NANOS = 1_000_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /** For so long the watcher only waits: nothing can be due, and most exits are over by then. */
    private static final long FIRST_LOOK_NANOS = 4_000_000;

    /** What there is to say needs a little memory, also when a task has used up all there was. */
    private static final int RESERVE_BYTES = 128 * 1024;

    /** How often the watcher tries again when there is no memory, and from which time on it takes the reserve. */
    private static final int MAX_TRIES = 100;

    private static final int PATIENT_TRIES = 50;

    /** How long a worker of a parallel source waits for others; a source cannot say that something came to it. */
    private static final long IDLE_NANOS = 20_000_000;

    final Object lock = new Object();
    final long noticeNanos;
    private final @Nullable Clock clock;
    private final @Nullable Settings settings;
    private final boolean direct;
    private final boolean wantsAll;

    /** Null unless a flight recording wants to know of each task. */
    final @Nullable FlightLog flight;

    private final long beganNanos;
    final long beganMillis;

    // Guarded by lock.
    final List<Worker> workers = new ArrayList<>(1);
    final List<Notice> pending = new ArrayList<>(0);

    @Nullable
    Frame top;

    long deadlineNanos = NEVER;
    boolean shortOfThreads;
    private int started;

    private final @Nullable Runnable[] alarms = new Runnable[2];
    private final long[] alarmNanos = {NEVER, NEVER};
    final List<TaskResult> results = new ArrayList<>(0);
    int quiet;

    /** What is to be added to results and quiet ones to get the number of those that have ended, see {@link Frame}. */
    int nested;

    private @Nullable Notifier notifier;

    /** Held during an exit for no other purpose than to be let go. */
    private volatile byte @Nullable [] reserve;

    /**
     * Creates an unwinder whose time begins now.
     *
     * @param clock null for the JVM's own
     * @param settings says who is told; null for nothing set
     * @param direct whether that one is told on the thread on which it happens
     * @param noticeNanos after how long in one task the watcher says so, 0 for never
     */
    Unwinder(@Nullable Clock clock, @Nullable Settings settings, boolean direct, long noticeNanos) {
        this.clock = clock;
        this.settings = settings;
        this.direct = direct;
        this.wantsAll = settings != null && settings.observer != null && settings.observer.wantsAll();
        this.noticeNanos = noticeNanos;
        this.flight = ExitScope.flightLog();
        this.beganNanos = clock == null ? System.nanoTime() : clock.nanos();
        this.beganMillis = clock == null ? System.currentTimeMillis() : clock.millis();
    }

    /** Nanoseconds since the unwinder was created. */
    long elapsed() {
        return (clock == null ? System.nanoTime() : clock.nanos()) - beganNanos;
    }

    /** Waits on the lock, which the caller holds, until notified or, at the latest, for so long. */
    @SuppressWarnings("WaitNotInLoop") // whoever calls it looks again
    void await(long nanos, boolean forWorkers) throws InterruptedException {
        if (clock != null) {
            clock.await(lock, nanos, forWorkers ? busy() : List.of());
        } else {
            // Rounded up: a wait of 0 would be one without an end.
            lock.wait(Math.max(1, (nanos + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI));
        }
    }

    /** The threads whose work is waited for; one that waits for work itself is not among them. */
    private List<Thread> busy() {
        List<Thread> busy = new ArrayList<>(workers.size());
        for (Worker worker : workers) {
            if (worker.task != null || worker.thread.getState() != Thread.State.TIMED_WAITING) {
                busy.add(worker.thread);
            }
        }
        return busy;
    }

    boolean start(SystemThread thread) {
        return clock == null ? thread.tryStart() : clock.start(thread);
    }

    /** Whether the observer wants to hear of what went well, too. */
    boolean wantsAll() {
        return wantsAll;
    }

    /** Waits, bounded, until the observer has heard everything; nothing to wait for if nothing was said. */
    void drain(long nanos) {
        Notifier told;
        synchronized (lock) {
            told = notifier;
        }
        if (told != null) {
            told.drain(nanos);
        }
    }

    /** Tells the observer. Nothing of this is even loaded before there is something to say. */
    void deliver(Notice notice) {
        Notifier told;
        synchronized (lock) {
            told = notifier;
            if (told == null) {
                told = new Notifier(clock, settings == null ? null : settings.observer, direct);
                notifier = told;
            }
        }
        told.deliver(notice);
    }

    /** Nothing more will be told, or only on the thread that tells. */
    void endNews() {
        Notifier told;
        synchronized (lock) {
            told = notifier;
        }
        if (told != null) {
            told.end();
        }
    }

    /** Has {@code action} run once by the watcher if it still watches after so long. There may be two of them. */
    void alarm(Runnable action, long afterNanos) {
        synchronized (lock) {
            int slot = alarms[0] == null ? 0 : 1;
            alarms[slot] = action;
            alarmNanos[slot] = afterNanos;
        }
    }

    /** When the next alarm is due. Called with the lock held. */
    long nextAlarm() {
        return Math.min(alarmNanos[0], alarmNanos[1]);
    }

    /** Takes the alarm that is due and was due first; null if none is. Called with the lock held. */
    @Nullable
    Runnable takeAlarm(long now) {
        int slot = alarmNanos[0] <= alarmNanos[1] ? 0 : 1;
        if (now < alarmNanos[slot]) {
            return null;
        }
        Runnable due = alarms[slot];
        alarms[slot] = null;
        alarmNanos[slot] = NEVER;
        return due;
    }

    /** Runs everything on the calling thread, as far as no bound asks for another. */
    void runInline(TaskSource source) {
        Frame root = open(source, NEVER);
        root.awaited = root.parallelism > 1 ? root.parallelism : 0;
        work(new Worker(this, Thread.currentThread(), 0));
    }

    /**
     * Runs everything on workers, and returns when all is done, left behind or, past the deadline, skipped. May be called
     * again with what is to run next.
     *
     * @param deadline relative to the creation of the unwinder, or {@link #NEVER}
     */
    void runWatched(TaskSource source, long deadline) {
        try {
            reserve = new byte[RESERVE_BYTES];
        } catch (OutOfMemoryError full) {
            // The program has left less than that; perhaps it is enough.
            reserve = null;
        }
        Frame root = open(source, deadline);
        watch(0, root.parallelism);
    }

    /** Gives back the memory that was kept for this; false if that has been done before. */
    private boolean releaseReserve() {
        boolean held = reserve != null;
        reserve = null;
        return held;
    }

    private Frame open(TaskSource source, long deadline) {
        synchronized (lock) {
            deadlineNanos = deadline;
            Frame root = new Frame(source, null, null, elapsed());
            top = root;
            return root;
        }
    }

    /** What has come of a run that was asked for. */
    ExitSummary summary() {
        return summary(null, 0, List.of());
    }

    /** What has come of what has ended. */
    ExitSummary summary(@Nullable Reason reason, long deadline, List<String> warnings) {
        synchronized (lock) {
            return new ExitSummary(
                    reason, beganMillis, elapsed(), deadline, true, warnings, List.copyOf(results), quiet);
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

    // ---- the worker's side

    void work(Worker me) {
        Task task = next(me);
        while (task != null) {
            if (wantsAll) {
                deliver(Notice.started(task.label()));
            }
            if (flight != null) {
                me.flight = flight.beginTask();
            }
            Throwable error = null;
            try {
                task.run();
            } catch (Throwable thrown) {
                error = thrown;
                if (thrown instanceof OutOfMemoryError) {
                    reserve = null;
                }
            }
            boolean quietly = error == null && !wantsAll && flight == null && finishQuietly(me, task);
            if (!quietly && !finishAnyhow(me, task, error)) {
                return;
            }
            task.release();
            task = me.begun;
            if (task == null) {
                task = next(me);
            }
            me.begun = null;
        }
    }

    /** The next task for this worker; null when there is nothing left for it. */
    private @Nullable Task next(Worker me) {
        for (; ; ) {
            Frame watched = null;
            int watchers = 0;
            TaskResult closed = null;
            Frame below = null;
            synchronized (lock) {
                Frame frame = top;
                if (me.abandoned || frame == null || frame.depth <= me.floor) {
                    // It ends in order, and needs no one in its place.
                    workers.remove(me);
                    return null;
                }
                if (me.inline && frame.awaited > 0) {
                    watched = frame;
                    watchers = frame.awaited;
                    frame.awaited = 0;
                } else {
                    Task task = frame.active < frame.parallelism ? frame.source.take() : null;
                    if (task != null) {
                        begin(me, task, frame, elapsed());
                        if (me.task != null) {
                            return task;
                        }
                    } else if (frame.active > 0 && frame.below == null && !me.inline && frame.source.isFixed()) {
                        // Whoever is still at work sees it through.
                        workers.remove(me);
                        return null;
                    } else if (frame.active > 0 || frame.telling > 0) {
                        idle();
                    } else if (frame.source.close()) {
                        closed = closeTop(frame);
                        below = frame.below;
                        if (closed != null && below != null && wantsAll) {
                            below.telling++;
                        }
                    }
                }
            }
            if (closed != null && below != null && wantsAll) {
                tell(below, closed);
            }
            if (watched != null) {
                watch(watched.depth - 1, watchers);
            }
        }
    }

    /** Begins a task: hands it to the worker, or opens a frame for what it stands for. */
    private void begin(Worker me, Task task, Frame frame, long now) {
        frame.active++;
        TaskSource children = task.children();
        if (children != null) {
            Frame opened = new Frame(children, frame, task, now);
            top = opened;
            int wanted = opened.parallelism;
            if (!me.inline) {
                startWorkers(wanted - 1, frame.depth);
            } else if (wanted > 1) {
                opened.awaited = wanted;
            }
            return;
        }
        if (me.inline && task.timeoutNanos() > 0 && !shortOfThreads) {
            Frame opened = new Frame(new SingleTask(task, frame.source), frame, null, now);
            opened.awaited = 1;
            top = opened;
            return;
        }
        me.frame = frame;
        me.interruptedNanos = 0;
        beginPlain(me, task, now);
        me.limitNanos = me.inline ? NEVER : limit(task.timeoutNanos(), now);
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
            await(IDLE_NANOS, false);
        } catch (InterruptedException meantForTheLastTask) {
            // The loop around looks at what has changed.
        }
    }

    /**
     * Counts a task that ended well, quickly and without a name, and begins the next one under the same lock; false, and
     * nothing is changed, if there is more to say about it. This runs once for each of a million handlers, and most
     * programs end before it is compiled: so it makes few calls.
     */
    private boolean finishQuietly(Worker me, Task task) {
        synchronized (lock) {
            Frame frame = me.frame;
            if (frame == null || frame != top || frame.parallelism != 1) {
                return false;
            }
            long now = elapsed();
            if (me.abandoned || me.interruptedNanos != 0 || now - me.startedNanos > SLOW_NANOS || task.name() != null) {
                return false;
            }
            frame.quiet++;
            Task following = frame.source.take();
            if (following != null && following.isPlain()) {
                beginPlain(me, following, now);
                me.begun = following;
                return true;
            }
            me.task = null;
            me.frame = null;
            frame.active--;
            if (following != null) {
                begin(me, following, frame, now);
                me.begun = me.task;
            }
            return true;
        }
    }

    private void beginPlain(Worker me, Task task, long now) {
        me.task = task;
        me.startedNanos = now;
        me.noticed = false;
        me.stall = null;
        if (!me.inline) {
            me.limitNanos = deadlineNanos == NEVER ? NEVER : limit(0, now);
            // An interrupt was meant for the task before this one.
            Thread.interrupted();
        }
    }

    private boolean finishAnyhow(Worker me, Task task, @Nullable Throwable error) {
        try {
            return finish(me, task, error);
        } catch (OutOfMemoryError usedUp) {
            if (!releaseReserve()) {
                throw usedUp;
            }
            return finish(me, task, error);
        }
    }

    /** Records the end of a worker's task; false if it was given up meanwhile. */
    private boolean finish(Worker me, Task task, @Nullable Throwable error) {
        TaskResult.Builder builder = started(task, me.startedNanos).on(me.target());
        if (error != null) {
            builder.error(error);
        }
        TaskResult result;
        Frame frame;
        synchronized (lock) {
            frame = me.frame;
            if (me.abandoned || frame == null) {
                return false;
            }
            Outcome outcome = error == null ? Outcome.RAN : Outcome.FAILED;
            if (me.interruptedNanos != 0) {
                outcome = Outcome.TIMED_OUT;
            }
            result = builder.stall(me.stall).build(outcome, elapsed() - me.startedNanos);
            me.task = null;
            me.frame = null;
            if (flight != null) {
                flight.endTask(me.flight, result);
            }
            if (outcome == Outcome.RAN && !wantsAll) {
                record(frame, task, result);
                return true;
            }
            frame.telling++;
            record(frame, task, result);
        }
        tell(frame, result);
        return true;
    }

    private void tell(Frame frame, TaskResult result) {
        boolean timedOut = result.outcome == Outcome.TIMED_OUT;
        try {
            deliver(Notice.ended(timedOut ? Notice.Kind.TIMED_OUT : Notice.Kind.FINISHED, result));
        } finally {
            synchronized (lock) {
                frame.telling--;
                lock.notifyAll();
            }
        }
    }

    /** Gathers what is known of a task that started at this moment, which is relative to the unwinder's begin. */
    TaskResult.Builder started(Task task, long startedNanos) {
        return new TaskResult.Builder(task).started(beganMillis + startedNanos / NANOS_PER_MILLI, startedNanos);
    }

    /** Counts a task that has ended, and tells its source. */
    void record(Frame frame, Task task, TaskResult result) {
        frame.active--;
        if (result.isQuiet(SLOW_NANOS)) {
            frame.quiet++;
        } else {
            frame.results.add(result);
        }
        frame.source.ended(task, result);
        if (frame != top || frame.parallelism > 1) {
            lock.notifyAll();
        }
    }

    /** Takes the top frame off; returns the result of the task it stood for, if it stood for one. */
    private @Nullable TaskResult closeTop(Frame frame) {
        TaskResult result = null;
        Frame below = frame.below;
        top = below;
        if (below == null) {
            results.addAll(frame.results);
            quiet += frame.quiet;
            nested += frame.nested;
        } else if (frame.parent == null) {
            below.active--;
            below.results.addAll(frame.results);
            below.quiet += frame.quiet;
        } else {
            below.nested += frame.done() - 1;
            result = started(frame.parent, frame.startedNanos)
                    .children(frame.results, frame.quiet)
                    .build(Outcome.RAN, elapsed() - frame.startedNanos);
            record(below, frame.parent, result);
        }
        lock.notifyAll();
        return result;
    }

    // ---- the watcher's side

    /** Starts workers, and returns when no more than {@code floor} frames are left and all that happened is told. */
    private void watch(int floor, int parallelism) {
        synchronized (lock) {
            startWorkers(parallelism, floor);
            if (!shortOfThreads) {
                firstWait(floor);
            }
            if (isDone(floor) && pending.isEmpty()) {
                return;
            }
        }
        for (int tries = 0; ; tries++) {
            try {
                new Watchdog(this, floor).watch();
                return;
            } catch (OutOfMemoryError usedUp) {
                recover(tries, usedUp);
            }
        }
    }

    /** The one who uses up the memory would have the reserve as well: it is for when that one has ended. */
    private void recover(int tries, OutOfMemoryError usedUp) {
        if (tries >= MAX_TRIES) {
            throw usedUp;
        }
        if (tries == PATIENT_TRIES) {
            releaseReserve();
        }
        synchronized (lock) {
            idle();
        }
    }

    private void firstWait(int floor) {
        if (isDone(floor)) {
            return;
        }
        try {
            await(FIRST_LOOK_NANOS, true);
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isDone(int floor) {
        Frame frame = top;
        return frame == null || frame.depth <= floor;
    }

    /** Starts {@code n} workers, or as many as there are threads for. */
    void startWorkers(int n, int floor) {
        for (int i = 0; i < n; i++) {
            Worker worker = new Worker(this, floor, ++started);
            if (!worker.tryStart()) {
                shortOfThreads = workers.isEmpty();
                return;
            }
            workers.add(worker);
        }
    }
}
