package dev.atexit.file;

import dev.atexit.internal.exit.Task;
import dev.atexit.internal.exit.TaskSource;

/** A manager's place among the handlers of the program's exit. */
final class TempSlot extends Task {
    private final TempRun run;

    // Set under the lock of the handler stack, which the manager must not take to look.
    private volatile boolean gone;

    TempSlot(TempRun run) {
        this.run = run;
    }

    @Override
    public TaskSource children() {
        return run;
    }

    @Override
    protected void run() {
        throw new AssertionError("temporary files are deleted path by path");
    }

    @Override
    protected void release() {
        gone = true;
    }

    /** Whether the exit will not come by any more. */
    boolean isGone() {
        return gone;
    }

    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public String label() {
        return "TempManager";
    }
}
