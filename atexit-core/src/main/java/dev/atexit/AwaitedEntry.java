package dev.atexit;

import dev.atexit.internal.exit.SystemThread;
import dev.atexit.internal.exit.Task;

/**
 * Waits for an entry that another run of the registry runs: a task like any other, so that this has a bound and is named
 * when it takes long.
 */
final class AwaitedEntry extends Task {
    private static final long LOOK_MIN_MS = 10;
    private static final long LOOK_MAX_MS = 200;

    private final RegistryRun run;
    private final RegistryEntry entry;

    AwaitedEntry(RegistryRun run, RegistryEntry entry) {
        this.run = run;
        this.entry = entry;
    }

    @Override
    protected void run() {
        try {
            await();
        } catch (InterruptedException enough) {
            if (run.ofExit && Thread.currentThread() instanceof SystemThread) {
                // The exit has no more time for this entry; what comes after it should still run.
                run.state.leaveBehind(entry);
            } else {
                run.hurry();
                Thread.currentThread().interrupt();
            }
        } finally {
            run.waited();
        }
    }

    private void await() throws InterruptedException {
        long pause = LOOK_MIN_MS;
        for (; ; ) {
            Thread thread;
            synchronized (run.state) {
                if (run.isRunning(entry)) {
                    run.state.wait(pause);
                }
                if (!run.isRunning(entry)) {
                    return;
                }
                thread = entry.thread;
            }
            if (thread != null && standsInExit(thread)) {
                run.state.leaveBehind(entry);
                return;
            }
            pause = Math.min(2 * pause, LOOK_MAX_MS);
        }
    }

    /** Whether the thread has called {@code System.exit}, and so waits for us. */
    private static boolean standsInExit(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected void release() {}

    @Override
    public String label() {
        return entry.name + " (in another thread)";
    }

    @Override
    public String noun() {
        return "cleanup";
    }
}
