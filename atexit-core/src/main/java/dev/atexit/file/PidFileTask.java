package dev.atexit.file;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Task;
import org.jspecify.annotations.Nullable;

/** A pid file's place among the handlers of the program's exit. */
final class PidFileTask extends Task {
    private final String path;

    // Cleared under the lock of the handler stack.
    private volatile @Nullable PidFile file;

    PidFileTask(PidFile file, String path) {
        this.file = file;
        this.path = path;
    }

    @Override
    protected void run() throws Exception {
        PidFile there = file;
        String left = there == null ? null : there.remove();
        if (left != null) {
            ExitScope.current().say(left);
        }
    }

    @Override
    protected void release() {
        file = null;
    }

    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public String label() {
        return path;
    }

    @Override
    public String noun() {
        return "PID file";
    }

    @Override
    protected boolean printsStackTrace() {
        return false;
    }
}
