package dev.atexit.internal.logging;

import dev.atexit.internal.exit.ExitScope;
import java.util.Map;

/** How long the shutdown hook of java.util.logging is kept waiting: for as long as the exit sequence runs. */
final class CleanerHold {
    /** The JVM starts all hooks at once; ours must have begun by then, or it never will. */
    private static final long BEGIN_NANOS = 10_000_000_000L;

    private static final long BEGIN_LOOK_MS = 1;

    /** How often to look whether somebody else waits for the hook that is held here. */
    private static final long LOOK_MIN_MS = 100;

    private static final long LOOK_MAX_MS = 2_000;

    private static final String CLEANER = "LogManager$Cleaner";
    private static final String LOG_MANAGER = "java.util.logging.LogManager";

    private CleanerHold() {}

    /** Whether this is the shutdown hook of java.util.logging. */
    static boolean isCleaner(Thread thread) {
        return thread.getClass().getName().endsWith(CLEANER);
    }

    /**
     * Returns when the exit sequence has ended, in whatever way: its thread is dead then. Earlier only if an exit handler
     * itself resets the logging, which needs a lock of the hook that is held here.
     */
    static void awaitEndOfExit() {
        long end = System.nanoTime() + BEGIN_NANOS;
        try {
            Thread hook = ExitScope.runningHook();
            while (hook == null && !JulCloser.isDone() && System.nanoTime() - end < 0) {
                Thread.sleep(BEGIN_LOOK_MS);
                hook = ExitScope.runningHook();
            }
            // A copy of the library in another class loader may have a hook of its own.
            while (hook != null && awaitEnd(hook)) {
                hook = ExitScope.runningHook();
            }
        } catch (InterruptedException asked) {
            // Nobody may be kept who is asked to go on; the reset takes its course.
            Thread.currentThread().interrupt();
        }
    }

    /** Returns true when the hook has ended, false if it is waited for no longer. */
    private static boolean awaitEnd(Thread hook) throws InterruptedException {
        long look = LOOK_MIN_MS;
        hook.join(look);
        while (hook.isAlive()) {
            if (isResetWanted()) {
                return false;
            }
            look = Math.min(2 * look, LOOK_MAX_MS);
            hook.join(look);
        }
        return true;
    }

    /** Whether a thread stands in one of the methods that need the lock. */
    private static boolean isResetWanted() {
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            if (entry.getKey() != Thread.currentThread()) {
                for (StackTraceElement frame : entry.getValue()) {
                    if (frame.getClassName().equals(LOG_MANAGER) && needsLock(frame.getMethodName())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean needsLock(String method) {
        return method.equals("reset") || method.equals("readConfiguration") || method.equals("updateConfiguration");
    }
}
