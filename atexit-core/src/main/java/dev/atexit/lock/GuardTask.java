package dev.atexit.lock;

import dev.atexit.internal.exit.Task;
import org.jspecify.annotations.Nullable;

/** A guard's place among the handlers of the program's exit. Of no use to anybody once the guard is released. */
final class GuardTask extends Task {
    private final String name;

    // Cleared under the lock of the handler stack.
    private volatile @Nullable ResourceGuard<?> guard;

    GuardTask(ResourceGuard<?> guard) {
        this.guard = guard;
        this.name = guard.name();
    }

    @Override
    protected void run() throws Exception {
        ResourceGuard<?> held = guard;
        if (held != null) {
            held.releaseAtExit(this);
        }
    }

    @Override
    protected void release() {
        guard = null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public String noun() {
        return "ResourceGuard";
    }

    @Override
    protected String failureLine(String error) {
        return ResourceGuard.failureLine(name, error);
    }

    @Override
    protected boolean printsStackTrace() {
        // The one line is the contract; the error itself is in the report.
        return false;
    }
}
