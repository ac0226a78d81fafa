package dev.atexit.agent.internal;

import dev.atexit.internal.exit.Task;
import org.jspecify.annotations.Nullable;

/**
 * Starts a hook in its own thread, as the JVM does, and waits for its end. What it throws goes to whom it would go to
 * without the agent, and is noted.
 */
final class HookTask extends Task implements Comparable<HookTask>, Thread.UncaughtExceptionHandler {
    private final Thread thread;
    private final @Nullable Hook hook;
    private final boolean first;
    private final String name;
    private final long timeoutNanos;

    private Thread.@Nullable UncaughtExceptionHandler handler;

    // Written by the hook's thread before it ends, read by the one that waits for that.
    private volatile @Nullable Throwable thrown;

    HookTask(Thread thread, @Nullable Hook hook, AgentOptions options) {
        this.thread = thread;
        this.hook = hook;
        this.name = HookName.of(thread);
        // Hooks of logging and of containers wait for it to begin: one after another, it has to be the first.
        this.first = options.lifo && thread.getName().equals("atexit-hook");
        // Of hooks that run together each one has all the time there is.
        this.timeoutNanos = options.lifo ? 0 : options.deadlineNanos;
    }

    /** In the order of registration; those that were there before the agent come first. */
    @Override
    public int compareTo(HookTask other) {
        return Long.compare(number(), other.number());
    }

    private long number() {
        if (first) {
            return Long.MAX_VALUE;
        }
        return hook == null ? 0 : hook.number;
    }

    @Override
    protected void run() throws Throwable {
        listen();
        startPlainly();
        await();
        Throwable error = thrown;
        if (error != null) {
            throw error;
        }
    }

    private void listen() {
        try {
            handler = thread.getUncaughtExceptionHandler();
            thread.setUncaughtExceptionHandler(this);
        } catch (RuntimeException | Error hostile) {
            // Its class has methods of its own for these; then it is not known what it throws.
            return;
        }
    }

    /** A hook that the program has started already only has to end. */
    void startPlainly() {
        try {
            thread.start();
        } catch (IllegalThreadStateException started) {
            return;
        }
    }

    /** Waits for the hook's end, and passes on the interrupt that says that its time is up. */
    void await() {
        for (; ; ) {
            try {
                thread.join();
                return;
            } catch (InterruptedException timeIsUp) {
                thread.interrupt();
            }
        }
    }

    @Override
    public void uncaughtException(Thread ended, Throwable error) {
        thrown = error;
        Thread.UncaughtExceptionHandler before = handler;
        if (before != null) {
            before.uncaughtException(ended, error);
        }
    }

    @Override
    protected void release() {}

    @Override
    public Thread standsFor() {
        return thread;
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
        return "hook";
    }

    @Override
    public @Nullable StackTraceElement site() {
        return hook == null ? null : hook.site;
    }

    @Override
    public long registeredAtMillis() {
        return hook == null ? 0 : hook.registeredAtMillis;
    }

    @Override
    public long timeoutNanos() {
        return timeoutNanos;
    }

    @Override
    protected boolean printsStackTrace() {
        // Whoever takes what threads throw has done so.
        return false;
    }
}
