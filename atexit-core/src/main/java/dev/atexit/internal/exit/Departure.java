package dev.atexit.internal.exit;

import java.util.List;

/**
 * How a copy of the library leaves the place of the host, so that the application it came with can be collected: those who
 * have something registered with it are told to look for another host, and then its hook is taken away. Not needed by the
 * copy of the program itself, which stays.
 *
 * <p>The oldest task moves first, so that the order stays. The hook stays until all have moved: should the exit begin
 * meanwhile, a task has two places, and is run once all the same.
 */
final class Departure {
    private static final Object LOCK = new Object();

    // Guarded by LOCK.
    private static boolean leaving;

    private Departure() {}

    /** Leaves if nothing of this copy is left. Called without a lock. */
    static void ifIdle(ExitScope scope, HandlerStack stack) {
        if (!begin()) {
            return;
        }
        try {
            boolean moved = true;
            while (moved && onlyGuestsAreLeft(scope, stack)) {
                moved = Rendezvous.leave() && moveAll(scope, stack);
            }
            stack.detachIfEmpty();
        } finally {
            synchronized (LOCK) {
                leaving = false;
            }
        }
    }

    /** Each guest that moves takes its place back, which would begin all of this again. */
    private static boolean begin() {
        synchronized (LOCK) {
            boolean first = !leaving;
            leaving = true;
            return first;
        }
    }

    private static boolean onlyGuestsAreLeft(ExitScope scope, HandlerStack stack) {
        if (scope.hasOpeners()) {
            return false;
        }
        List<Task> finishers = scope.finishers();
        for (Task task : finishers) {
            if (!task.isGuest()) {
                return false;
            }
        }
        return stack.servesGuestsOnly() || (!finishers.isEmpty() && stack.isEmpty());
    }

    /** False if nobody could move, since the JVM is shutting down. */
    private static boolean moveAll(ExitScope scope, HandlerStack stack) {
        boolean moved = false;
        Task[] tasks = stack.snapshot();
        for (int i = tasks.length - 1; i >= 0; i--) {
            if (Guests.move(tasks[i])) {
                moved = true;
                tasks[i].unregister();
            }
        }
        for (Task task : scope.finishers()) {
            if (Guests.move(task)) {
                moved = true;
                scope.removeFinisher(task);
            }
        }
        return moved;
    }
}
