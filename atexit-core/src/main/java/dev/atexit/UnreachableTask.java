package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Reaper;
import dev.atexit.internal.exit.Task;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/** An action that waits for an object to become unreachable, or for the exit. */
final class UnreachableTask extends Task implements Registration {
    private @Nullable ExitHandler action;

    /** What is enqueued when the object is gone; it must be reachable for as long as the task waits. */
    private @Nullable Object reference;

    private UnreachableTask(ExitHandler action) {
        this.action = action;
    }

    static Registration register(Object object, ExitHandler action) {
        UnreachableTask task = new UnreachableTask(action);
        task.reference = Reaper.watch(object, task);
        boolean registered = false;
        try {
            ExitScope.current().register(task);
            registered = true;
        } finally {
            if (!registered) {
                task.release();
            }
            Reference.reachabilityFence(object);
        }
        return task;
    }

    @Override
    protected void run() throws Exception {
        ExitHandler work = action;
        if (work != null) {
            work.run();
        }
    }

    @Override
    protected void release() {
        action = null;
        Object watch = reference;
        reference = null;
        if (watch != null) {
            Reaper.forget(watch);
        }
    }

    @Override
    public String label() {
        ExitHandler work = action;
        return work == null ? noun() : Arguments.label(work);
    }

    @Override
    protected boolean matches(Object other) {
        ExitHandler work = action;
        return work != null && work.equals(other);
    }
}
