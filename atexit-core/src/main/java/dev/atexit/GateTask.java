package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Task;
import java.util.function.BooleanSupplier;

/** The wait at an {@link ExitGate}, as the first part of the exit. */
final class GateTask extends Task {
    private static final long LOOK_MIN_MS = 1;
    private static final long LOOK_MAX_MS = 100;

    /** The JVM starts all hooks at once; ours must have begun by then, or it never will. */
    private static final long BEGIN_NANOS = 10_000_000_000L;

    private final String name;
    private final BooleanSupplier expected;

    // Guarded by this.
    private boolean passed;
    private boolean begun;

    GateTask(String name, BooleanSupplier expected) {
        this.name = name;
        this.expected = expected;
    }

    @Override
    protected void run() {
        long look = LOOK_MIN_MS;
        try {
            while (!awaitPassed(look) && expected.getAsBoolean()) {
                look = Math.min(2 * look, LOOK_MAX_MS);
            }
        } catch (InterruptedException timeIsUp) {
            // Whoever interrupted says so, and the handlers run now.
            return;
        }
    }

    @SuppressWarnings("WaitNotInLoop") // whoever calls it looks again
    private synchronized boolean awaitPassed(long millis) throws InterruptedException {
        begun = true;
        notifyAll();
        if (!passed) {
            wait(millis);
        }
        return passed;
    }

    boolean pass() {
        try {
            if (!awaitBegun()) {
                return false;
            }
            // The copy of the library that owns the exit may be another one, so that the hook is known by its name
            // only.
            for (Thread hook = ExitScope.runningHook(); hook != null; hook = ExitScope.runningHook()) {
                hook.join();
            }
            return true;
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized boolean awaitBegun() throws InterruptedException {
        passed = true;
        notifyAll();
        long end = System.nanoTime() + BEGIN_NANOS;
        while (!hasBegun()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            wait(LOOK_MAX_MS);
        }
        return true;
    }

    /** Past its deadline the exit does not come here any more. */
    private synchronized boolean hasBegun() {
        return begun || ExitScope.jvm().exiting() || ExitScope.runningHook() != null;
    }

    /** Both sides may still wait for each other. */
    @Override
    protected void release() {}

    @Override
    public String name() {
        return name;
    }

    @Override
    public String label() {
        return name;
    }

    /** Who forgets the handlers does not forget the container. */
    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public String noun() {
        return "gate";
    }
}
