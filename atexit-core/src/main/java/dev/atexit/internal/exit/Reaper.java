package dev.atexit.internal.exit;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task as soon as an object is unreachable, if the exit has not run it before. Its thread is started with the
 * first object and ends when there are none left.
 *
 * <p>Lock order: {@code lock} is never held while a task runs, nor while the stack is asked for one.
 */
public final class Reaper implements Runnable {
    /** How long the thread outlives the last object at most. */
    private static final long LINGER_MS = 10_000;

    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** How often to look where the task stands for which the exit waits. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
    private final ExitScope scope;
    private final @Nullable Clock clock;
    private final Object lock = new Object();

    // Guarded by lock.
    private int watched;
    private boolean busy;
    private @Nullable SystemThread thread;

    Reaper(ExitScope scope, @Nullable Clock clock) {
        this.scope = scope;
        this.clock = clock;
    }

    /**
     * Watches an object for a task, which is to be registered next.
     *
     * @return what the task must keep for as long as it waits, and give to {@link #forget} when it is released
     */
    public static Object watch(Object object, Task task) {
        Watch watch = new Watch(object, ExitScope.current().reaper(), task);
        watch.reaper.begin();
        return watch;
    }

    /** The task no longer waits. */
    public static void forget(Object watch) {
        ((Watch) watch).reaper.end((Watch) watch);
    }

    private void begin() {
        synchronized (lock) {
            watched++;
            if (thread == null) {
                SystemThread reaping = SystemThread.inheritingNothing("atexit-reaper", this);
                if (Clock.start(clock, reaping)) {
                    thread = reaping;
                }
            }
        }
    }

    private void end(Watch watch) {
        synchronized (lock) {
            watched--;
            if (watched == 0) {
                // Wakes the thread, which then finds that it is not needed.
                watch.enqueue();
            }
        }
    }

    /**
     * Waits for the task that is in progress, if there is one; false if it takes longer than {@code nanos} or 10 s. One that
     * has called {@code System.exit} waits for this exit itself, and is not waited for.
     */
    boolean awaitIdle(long nanos) {
        boolean interrupted = false;
        boolean idle;
        synchronized (lock) {
            long end = Clock.nanos(clock) + Math.min(nanos, AWAIT_NANOS);
            long left = end - Clock.nanos(clock);
            SystemThread reaping = thread;
            boolean exits = false;
            while (busy && left > 0 && reaping != null && !exits) {
                exits = standsInExit(reaping);
                if (!exits) {
                    try {
                        Clock.await(clock, lock, Math.min(left, LOOK_NANOS), reaping);
                    } catch (InterruptedException later) {
                        interrupted = true;
                    }
                    left = end - Clock.nanos(clock);
                }
            }
            idle = !busy || exits;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return idle;
    }

    private static boolean standsInExit(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }

    /** For the reaper's own thread. */
    @Override
    public void run() {
        boolean done = false;
        while (!done) {
            try {
                reapAll();
                done = true;
            } catch (InterruptedException | RuntimeException | Error byAnAction) {
                // Interrupted by an action, or out of memory: whoever else waits for an object must not be forgotten
                // for it.
                done = false;
            }
        }
    }

    private void reapAll() throws InterruptedException {
        for (; ; ) {
            Reference<?> found = queue.remove(LINGER_MS);
            if (found instanceof Watch watch) {
                reap(watch.task);
            }
            synchronized (lock) {
                if (watched == 0) {
                    thread = null;
                    return;
                }
            }
        }
    }

    private void reap(Task task) {
        synchronized (lock) {
            busy = true;
        }
        try {
            HandlerStack stack = task.home;
            if (stack != null && stack.takeThis(task)) {
                run(task);
            }
        } finally {
            synchronized (lock) {
                busy = false;
                lock.notifyAll();
            }
        }
    }

    private void run(Task task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            TaskResult result = new TaskResult.Builder(task)
                    .started(System.currentTimeMillis(), 0)
                    .error(thrown)
                    .build(Outcome.FAILED, 0);
            Settings settings = scope.settings();
            new Notifier(clock, settings == null ? null : settings.observer, true)
                    .deliver(Notice.ended(Notice.Kind.FINISHED, result));
        }
        task.release();
    }

    /** Does not keep the object alive; must itself be kept until it is enqueued. */
    private static final class Watch extends PhantomReference<Object> {
        final Reaper reaper;
        final Task task;

        Watch(Object object, Reaper reaper, Task task) {
            super(object, reaper.queue);
            this.reaper = reaper;
            this.task = task;
        }
    }
}
