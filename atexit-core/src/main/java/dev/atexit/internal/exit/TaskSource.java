package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/**
 * Where an {@link Unwinder} gets its tasks from. Called under the unwinder's lock, so no method may run the user's code,
 * block, or call the unwinder.
 */
public interface TaskSource {
    /** Takes the next task that may run now; null if there is none, or if all that are left wait for running ones. */
    @Nullable
    Task take();

    /** Accepts nothing more; called when the deadline has passed. */
    void cut();

    /** Takes any task that is left, whether or not it may run: it will be skipped. */
    @Nullable
    Task takeSkipped();

    /** Called when nothing is left and nothing runs; false if something came meanwhile. */
    boolean close();

    /**
     * A task taken from here has ended, was left behind, or was skipped. Not called for every task: one without a name,
     * from a source that is not parallel, may end well without a word. By default nobody listens.
     */
    default void ended(Task task, TaskResult result) {}

    /** Whether nothing comes to it: of those who run its tasks, whoever finds none need not wait for more. By default not. */
    default boolean isFixed() {
        return false;
    }

    /** How many are left to be taken, as far as that is known. */
    default int left() {
        return 0;
    }

    /** How many tasks may run at the same time, at least 1; by default one after another. */
    default int parallelism() {
        return 1;
    }
}
