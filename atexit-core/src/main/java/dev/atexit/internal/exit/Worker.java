package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/**
 * One who runs tasks for an {@link Unwinder}: a thread of its own, or the thread that asked for the run. All fields are
 * guarded by the unwinder's lock.
 */
final class Worker {
    static final StackTraceElement[] NO_STACK = {};

    final Thread thread;

    /** Whether {@link #thread} belongs to whoever asked for the run: then it cannot be left behind. */
    final boolean inline;

    /** The worker ends when no more than so many frames are left. */
    final int floor;

    @Nullable Task task;

    @Nullable Frame frame;

    long startedNanos;

    /** When the task must have ended; {@code Long.MAX_VALUE} for no bound. Relative to the unwinder's begin. */
    long limitNanos;

    /** When the task was interrupted, relative to the unwinder's begin; 0 if it was not. */
    long interruptedNanos;

    boolean noticed;

    /** The task was given up: whatever this worker still does counts for nothing. */
    boolean abandoned;

    Worker(Thread thread, boolean inline, int floor) {
        this.thread = thread;
        this.inline = inline;
        this.floor = floor;
    }

    /** Whether the task stands in a call of {@code System.exit}, from which no thread returns during an exit. */
    boolean standsInExit() {
        if (thread.getState() != Thread.State.BLOCKED) {
            return false;
        }
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().equals("java.lang.Shutdown");
    }
}
