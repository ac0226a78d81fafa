package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The one LIFO stack of exit handlers: a doubly linked list of tasks, so that pushing and removing are O(1) and removing
 * leaves nothing behind.
 *
 * <p>Every field is guarded by {@code lock}, the innermost lock of the library: nothing that belongs to the user, not
 * even {@code equals}, runs while it is held. Once {@code closed}, nothing is ever pushed again.
 */
final class HandlerStack implements TaskSource {
    private final Object lock = new Object();
    private final ExitScope owner;
    private @Nullable Task newest;
    private int count;
    private int keptCount;
    private int guestCount;
    private boolean attached;

    /** What takes pending tasks back elsewhere; null where this copy of the library owns the exit. */
    private @Nullable IdentityHashMap<Task, Runnable> tickets;

    private @Nullable String closesBecause;
    private @Nullable String closedBecause;

    HandlerStack(ExitScope owner) {
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
            if (below != null) {
                below.newer = task;
            }
            newest = task;
            count++;
            if (task.kept()) {
                keptCount++;
                if (task.isGuest()) {
                    guestCount++;
                }
            }
        }
    }

    /** Remembers what takes the task back elsewhere, or takes it back at once if the task has left meanwhile. */
    void ticketed(Task task, Runnable ticket) {
        synchronized (lock) {
            if (task.home == this) {
                if (tickets == null) {
                    tickets = new IdentityHashMap<>();
                }
                tickets.put(task, ticket);
                return;
            }
        }
        ticket.run();
    }

    /** Takes the newest task to be run, or null. */
    @Override
    public @Nullable Task take() {
        return take(false);
    }

    /** Takes the newest task of this copy of the library to be run, or null. O(1) where there is no other copy. */
    @Nullable
    Task takeOwn() {
        return take(true);
    }

    private @Nullable Task take(boolean own) {
        Task task;
        Runnable ticket;
        synchronized (lock) {
            task = newest;
            while (own && task != null && task.isGuest()) {
                task = task.older;
            }
            if (task == null) {
                return null;
            }
            unlink(task);
            ticket = tickets == null ? null : tickets.remove(task);
        }
        if (ticket != null) {
            ticket.run();
        }
        return task;
    }

    /** Whether there is something pending, all of it for other copies of the library. */
    boolean servesGuestsOnly() {
        synchronized (lock) {
            return guestCount > 0 && count == guestCount;
        }
    }

    /**
     * Gives a pending task of this copy another place in the order of all copies, on top, since the host leaves where it had
     * one. Whoever hands places over does it oldest first, so that the order stays.
     *
     * @throws IllegalStateException if there is no other place, since the JVM is shutting down
     */
    void moveToOtherHost(Task task) {
        BiFunction<String, Object[], Object> next;
        Runnable old;
        synchronized (lock) {
            if (task.home != this) {
                return;
            }
            next = owner.ownerAfterLeaving();
            if (next == null) {
                raise(task);
            }
            old = tickets == null ? null : tickets.remove(task);
        }
        if (next != null) {
            // Should the exit begin now, the task has two tickets, and is run once all the same.
            ticketed(task, Guests.ticket(next, task, this));
        }
        if (old != null) {
            old.run();
        }
    }

    /** As for a task, for what is not on a stack. */
    @Nullable
    BiFunction<String, Object[], Object> ownerAfterLeaving() {
        synchronized (lock) {
            return owner.ownerAfterLeaving();
        }
    }

    boolean isEmpty() {
        synchronized (lock) {
            return newest == null;
        }
    }

    /** Puts a pending task on top. */
    private void raise(Task task) {
        Task above = task.newer;
        Task below = task.older;
        Task top = newest;
        if (above == null || top == null) {
            return;
        }
        above.older = below;
        if (below != null) {
            below.newer = above;
        }
        task.newer = null;
        task.older = top;
        top.newer = task;
        newest = task;
    }

    /** Takes this very task to be run; false if it is no longer pending. */
    boolean takeThis(Task task) {
        return takeOff(task, false);
    }

    /** Forgets this very task and drops what it refers to; false if it is no longer pending. */
    boolean remove(Task task) {
        return takeOff(task, true);
    }

    private boolean takeOff(Task task, boolean forget) {
        Runnable ticket;
        boolean idle;
        synchronized (lock) {
            if (task.home != this) {
                return false;
            }
            boolean wasAttached = attached;
            unlink(task);
            if (forget) {
                task.release();
            }
            ticket = tickets == null ? null : tickets.remove(task);
            idle = wasAttached && count == guestCount;
        }
        if (ticket != null) {
            ticket.run();
        }
        if (idle) {
            owner.leaveIfIdle();
        }
        return true;
    }

    /** From now on the stack closes as soon as it is found empty: the exit has begun. */
    void closeWhenEmpty(String because) {
        synchronized (lock) {
            closesBecause = because;
        }
    }

    /** Nothing can slip in between the last run and the end: what comes later is refused. */
    @Override
    public boolean close() {
        synchronized (lock) {
            if (newest == null) {
                closedBecause = closesBecause;
            }
            return newest == null;
        }
    }

    @Override
    public void cut() {
        synchronized (lock) {
            closedBecause = closesBecause;
        }
    }

    @Override
    public @Nullable Task takeSkipped() {
        return take();
    }

    boolean isPending(Task task) {
        synchronized (lock) {
            return task.home == this;
        }
    }

    private void unlink(Task task) {
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
        task.home = null;
        count--;
        if (keptCount > 0 && task.kept()) {
            keptCount--;
            if (task.isGuest()) {
                guestCount--;
            }
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

    /** Forgets every task that is not kept, all at one instant. O(n). */
    void clear() {
        List<Runnable> taken = new ArrayList<>(0);
        synchronized (lock) {
            Task below;
            for (Task task = newest; task != null; task = below) {
                below = task.older;
                if (!task.kept()) {
                    unlink(task);
                    task.release();
                    Runnable ticket = tickets == null ? null : tickets.remove(task);
                    if (ticket != null) {
                        taken.add(ticket);
                    }
                }
            }
        }
        for (Runnable ticket : taken) {
            ticket.run();
        }
    }

    /** How many are pending. */
    @Override
    public int left() {
        synchronized (lock) {
            return count;
        }
    }

    /** How many tasks {@link #clear()} would forget. */
    int count() {
        synchronized (lock) {
            return count - keptCount;
        }
    }
}
