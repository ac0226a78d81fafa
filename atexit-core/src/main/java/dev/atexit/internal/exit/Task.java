package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/**
 * One piece of cleanup, and at the same time its own node in a {@link HandlerStack}: registering allocates nothing else.
 *
 * <p>A task is pending from its push until it is taken to be run or unregistered: as long as {@link #home} is set. All
 * fields are guarded by the lock of the stack.
 */
public abstract class Task {
    private static final String[] NOTHING = {};

    @Nullable
    Task older;

    @Nullable
    Task newer;

    /** The stack on which the task is pending, or null. */
    @Nullable
    HandlerStack home;

    /** Creates a task that is on no stack. */
    protected Task() {}

    /** Does the work. Called at most once, on the thread that unwinds. */
    protected abstract void run() throws Throwable;

    /** Drops every reference to what the user handed over. Called once, after the run or when taken off the stack. */
    protected abstract void release();

    /** The name the user gave, or null. Tasks with a name are kept one by one in reports. */
    public @Nullable String name() {
        return null;
    }

    /** What to call the task in messages: its name, or something that helps to find it. */
    public abstract String label();

    /** The frame that registered it; null where that is not kept. */
    public @Nullable StackTraceElement site() {
        return ExitScope.siteOf(this);
    }

    /** What kind of thing this is, for messages. */
    public String noun() {
        return "handler";
    }

    /** The task's own bound in nanoseconds, 0 for none. */
    public long timeoutNanos() {
        return 0;
    }

    /** When it was registered, in milliseconds since 1970; 0 where that is not kept. */
    public long registeredAtMillis() {
        return 0;
    }

    /** The names of the tasks of its source that had to end before it. */
    public String[] waitsFor() {
        return NOTHING;
    }

    /** Whether there is nothing to it but {@link #run()}: no timeout of its own, no children. */
    boolean isPlain() {
        return children() == null && timeoutNanos() == 0;
    }

    /** Whether {@code clear()} leaves the task alone, as it does with temp files, pid files and the like. */
    public boolean kept() {
        return false;
    }

    /** Whether the task belongs to another copy of the library; such a task is also kept. */
    boolean isGuest() {
        return false;
    }

    /**
     * The thread in which the work is done, where {@link #run()} only waits for it: that one's state and stack are looked at.
     * Interrupts still go to the thread in {@link #run()}, which passes them on.
     */
    public @Nullable Thread standsFor() {
        return null;
    }

    /** The tasks this one stands for, or null for an ordinary task. */
    public @Nullable TaskSource children() {
        return null;
    }

    /** Whether this is a registration of {@code handler}. May run the user's {@code equals}. */
    protected boolean matches(Object handler) {
        return false;
    }

    /** The line printed when the task failed. */
    protected String failureLine(String error) {
        return noun() + " '" + Text.escape(label()) + "' failed: " + error;
    }

    /** Whether the stack trace is worth printing below {@link #failureLine}. */
    protected boolean printsStackTrace() {
        return true;
    }

    /**
     * Takes the task off its stack and drops its references.
     *
     * @return true if it was pending
     */
    public final boolean unregister() {
        HandlerStack stack = home;
        return stack != null && stack.remove(this);
    }

    /** Whether the task waits on a stack to be run. */
    public final boolean isPending() {
        HandlerStack stack = home;
        return stack != null && stack.isPending(this);
    }
}
