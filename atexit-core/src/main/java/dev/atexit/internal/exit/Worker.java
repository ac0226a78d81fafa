package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/**
 * One who runs tasks for an {@link Unwinder}: on a thread of its own, or on the thread that asked for the run. All fields
 * are guarded by the unwinder's lock, but for {@link #begun}, which is the worker's own.
 */
final class Worker implements Runnable {
    private static final String NAME = "atexit-runner";

    private final Unwinder unwinder;

    final Thread thread;

    /** Whether {@link #thread} belongs to whoever asked for the run: then it cannot be left behind. */
    final boolean inline;

    /** The worker ends when no more than so many frames are left. */
    final int floor;

    @Nullable
    Task task;

    @Nullable
    Frame frame;

    /** The task that has begun and that the worker has not yet picked up. */
    @Nullable
    Task begun;

    long startedNanos;

    /** What a flight recording has begun for the task. */
    @Nullable
    Object flight;

    /** When the task must have ended; {@code Long.MAX_VALUE} for no bound. Relative to the unwinder's begin. */
    long limitNanos;

    /** When the task was interrupted, relative to the unwinder's begin; 0 if it was not. */
    long interruptedNanos;

    boolean noticed;

    /** Where the task stood when it was looked at for the last time because it did not go on. */
    @Nullable
    Stall stall;

    /** The task was given up: whatever this worker still does counts for nothing. */
    boolean abandoned;

    /** A worker on a thread of its own, which is not started; the {@code number}th of its unwinder. */
    Worker(Unwinder unwinder, int floor, int number) {
        this.unwinder = unwinder;
        this.thread = new SystemThread(number == 1 ? NAME : NAME + "-" + number, this);
        this.inline = false;
        this.floor = floor;
    }

    /** A worker on the calling thread. */
    Worker(Unwinder unwinder, Thread caller, int floor) {
        this.unwinder = unwinder;
        this.thread = caller;
        this.inline = true;
        this.floor = floor;
    }

    @Override
    public void run() {
        unwinder.work(this);
    }

    /** Starts the worker's own thread; false if the machine has none left to give. */
    boolean tryStart() {
        return thread instanceof SystemThread own && unwinder.start(own);
    }

    /** The thread in which the work of the task is done. */
    Thread target() {
        Task running = task;
        Thread other = running == null ? null : running.standsFor();
        return other == null ? thread : other;
    }

    /** Whether the task stands in a call of {@code System.exit}, from which no thread returns during an exit. */
    boolean standsInExit() {
        Thread target = target();
        if (target.getState() != Thread.State.BLOCKED) {
            return false;
        }
        StackTraceElement[] stack = target.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().equals("java.lang.Shutdown");
    }
}
