package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/**
 * The one LIFO stack of exit handlers: a doubly linked list of tasks, so that pushing and removing are O(1) and removing
 * leaves nothing behind.
 *
 * <p>Every field is guarded by {@code lock}, the innermost lock of the library: nothing that belongs to the user, not
 * even {@code equals}, runs while it is held. Once {@code closed}, nothing is ever pushed again.
 */
public final class HandlerStack {
    private final Object lock = new Object();
    private final Owner owner;
    private @Nullable Task newest;
    private int count;
    private int keptCount;
    private boolean attached;
    private @Nullable String closedBecause;

    /** What the stack hangs on: the JVM's exit, another copy of the library, or a test. */
    interface Owner {
        /**
         * Makes sure that the stack will be unwound. Called under the stack's lock before the first push.
         *
         * @throws IllegalStateException if it is too late for that
         */
        void attach();

        /** The last task has left, under the stack's lock; true if the owner let go and must attach again. */
        boolean detach();

        /**
         * A task was pushed; called outside the lock.
         *
         * @throws IllegalStateException if the task would never run; it is then taken back
         */
        void pushed(Task task);
    }

    HandlerStack(Owner owner) {
        this.owner = owner;
    }

    /** Hangs the stack on its owner now, though nothing is pushed yet. */
    void attachNow() {
        synchronized (lock) {
            if (!attached) {
                owner.attach();
                attached = true;
            }
        }
    }

    /** Lets go of the owner if nothing is pushed. */
    void detachIfEmpty() {
        synchronized (lock) {
            if (newest == null && owner.detach()) {
                attached = false;
            }
        }
    }

    /** Puts a new task on top. Throws {@code IllegalStateException}, and stores nothing, when it would never run. */
    void push(Task task) {
        synchronized (lock) {
            if (closedBecause != null) {
                throw new IllegalStateException(closedBecause);
            }
            if (!attached) {
                owner.attach();
                attached = true;
            }
            Task below = newest;
            task.home = this;
            task.older = below;
            task.state = Task.PENDING;
            if (below != null) {
                below.newer = task;
            }
            newest = task;
            count++;
            if (task.kept()) {
                keptCount++;
            }
        }
        owner.pushed(task);
    }

    /** Remembers what takes the task back elsewhere, or takes it back at once if the task has left meanwhile. */
    void ticketed(Task task, Runnable ticket) {
        synchronized (lock) {
            if (task.state == Task.PENDING) {
                task.ticket = ticket;
                return;
            }
        }
        ticket.run();
    }

    /** Takes the newest task to be run, or null. */
    @Nullable Task pop() {
        Task task;
        Runnable ticket;
        synchronized (lock) {
            task = newest;
            if (task == null) {
                return null;
            }
            unlink(task, Task.TAKEN);
            ticket = task.ticket;
            task.ticket = null;
        }
        if (ticket != null) {
            ticket.run();
        }
        return task;
    }

    /** Takes this very task to be run; false if it is no longer pending. */
    boolean takeThis(Task task) {
        Runnable ticket;
        synchronized (lock) {
            if (task.state != Task.PENDING) {
                return false;
            }
            unlink(task, Task.TAKEN);
            ticket = task.ticket;
            task.ticket = null;
        }
        if (ticket != null) {
            ticket.run();
        }
        return true;
    }

    /** Closes the stack if it is empty, so that no handler can slip in between the last run and the end. */
    boolean closeIfEmpty(String because) {
        synchronized (lock) {
            if (newest == null) {
                closedBecause = because;
            }
            return newest == null;
        }
    }

    /** Refuses further registrations from now on. */
    void close(String because) {
        synchronized (lock) {
            closedBecause = because;
        }
    }

    boolean remove(Task task) {
        Runnable ticket;
        synchronized (lock) {
            if (task.state != Task.PENDING) {
                return false;
            }
            unlink(task, Task.GONE);
            task.release();
            ticket = task.ticket;
            task.ticket = null;
        }
        if (ticket != null) {
            ticket.run();
        }
        return true;
    }

    boolean isPending(Task task) {
        synchronized (lock) {
            return task.state == Task.PENDING;
        }
    }

    private void unlink(Task task, byte state) {
        Task above = task.newer;
        Task below = task.older;
        if (above == null) {
            newest = below;
        } else {
            above.older = below;
        }
        if (below != null) {
            below.newer = above;
        }
        task.older = null;
        task.newer = null;
        task.state = state;
        count--;
        if (task.kept()) {
            keptCount--;
        }
        if (newest == null && attached && owner.detach()) {
            attached = false;
        }
    }

    /** The pending tasks, newest first, at one instant. O(n). */
    Task[] snapshot() {
        synchronized (lock) {
            Task[] tasks = new Task[count];
            int i = 0;
            for (Task task = newest; task != null; task = task.older) {
                tasks[i++] = task;
            }
            return tasks;
        }
    }

    /**
     * Removes every pending task that matches, oldest first as CPython compares them. What {@code equals} throws is
     * passed on; what was removed before stays removed. O(n).
     */
    boolean removeMatching(Object handler) {
        Task[] tasks = snapshot();
        boolean any = false;
        for (int i = tasks.length - 1; i >= 0; i--) {
            if (tasks[i].matches(handler)) {
                any |= remove(tasks[i]);
            }
        }
        return any;
    }

    /** Forgets every task that is not kept. O(n). */
    void clear() {
        for (Task task : snapshot()) {
            if (!task.kept()) {
                remove(task);
            }
        }
    }

    /** How many tasks {@link #clear()} would forget. */
    int count() {
        synchronized (lock) {
            return count - keptCount;
        }
    }

    /** A view for the unwinder that closes the stack once nothing is left, if {@code closeBecause} is given. */
    TaskSource source(@Nullable String closeBecause) {
        return new StackSource(this, closeBecause);
    }

    private static final class StackSource implements TaskSource {
        private final HandlerStack stack;
        private final @Nullable String closeBecause;

        StackSource(HandlerStack stack, @Nullable String closeBecause) {
            this.stack = stack;
            this.closeBecause = closeBecause;
        }

        @Override
        public @Nullable Task take() {
            return stack.pop();
        }

        @Override
        public @Nullable Task takeSkipped() {
            return stack.pop();
        }

        @Override
        public void cut() {
            if (closeBecause != null) {
                stack.close(closeBecause);
            }
        }

        @Override
        public boolean close() {
            return closeBecause == null || stack.closeIfEmpty(closeBecause);
        }

        @Override
        public void ended(Task task, @Nullable TaskResult result) {}

        @Override
        public int parallelism() {
            return 1;
        }
    }
}
