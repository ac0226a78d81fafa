package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/** One task of another source, to be run by itself. */
final class SingleTask implements TaskSource {
    private final TaskSource origin;
    private @Nullable Task task;

    SingleTask(Task task, TaskSource origin) {
        this.task = task;
        this.origin = origin;
    }

    @Override
    public @Nullable Task take() {
        Task taken = task;
        task = null;
        return taken;
    }

    @Override
    public void cut() {}

    @Override
    public @Nullable Task takeSkipped() {
        return take();
    }

    @Override
    public boolean close() {
        return true;
    }

    @Override
    public void ended(Task ended, TaskResult result) {
        origin.ended(ended, result);
    }
}
