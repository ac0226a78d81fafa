package dev.atexit.file;

import dev.atexit.internal.exit.Task;
import dev.atexit.internal.exit.TaskResult;
import dev.atexit.internal.exit.TaskSource;
import org.jspecify.annotations.Nullable;

/** The deletion of a manager's paths by the program's exit, newest first. Guarded by the lock of the unwinder. */
final class TempRun implements TaskSource {
    private final TrackedPaths paths;
    private boolean cut;

    TempRun(TrackedPaths paths) {
        this.paths = paths;
    }

    @Override
    public @Nullable Task take() {
        return cut ? null : paths.takeNewest();
    }

    @Override
    public void cut() {
        cut = true;
        paths.end();
    }

    @Override
    public @Nullable Task takeSkipped() {
        return paths.takeNewest();
    }

    @Override
    public boolean close() {
        return cut || paths.endIfEmpty();
    }

    @Override
    public void ended(Task task, TaskResult result) {}

    @Override
    public int parallelism() {
        return 1;
    }
}
