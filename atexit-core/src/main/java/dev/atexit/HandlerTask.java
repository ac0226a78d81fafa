package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Task;
import org.jspecify.annotations.Nullable;

/** A registered handler, and its own handle: registering costs this one object. */
final class HandlerTask extends Task implements Registration {
    private @Nullable ExitHandler handler;
    private final @Nullable String name;
    private final long timeoutNanos;

    private HandlerTask(@Nullable String name, ExitHandler handler, long timeoutNanos) {
        this.name = name;
        this.handler = handler;
        this.timeoutNanos = timeoutNanos;
    }

    static HandlerTask register(@Nullable String name, ExitHandler handler, long timeoutNanos) {
        HandlerTask task = new HandlerTask(name, handler, timeoutNanos);
        ExitScope.current().register(task);
        return task;
    }

    @Override
    protected void run() throws Exception {
        ExitHandler work = handler;
        if (work != null) {
            work.run();
        }
    }

    @Override
    protected void release() {
        handler = null;
    }

    @Override
    public @Nullable String name() {
        return name;
    }

    @Override
    public String label() {
        if (name != null) {
            return name;
        }
        ExitHandler work = handler;
        return work == null ? noun() : Arguments.label(work);
    }

    @Override
    public long timeoutNanos() {
        return timeoutNanos;
    }

    @Override
    protected boolean matches(Object other) {
        ExitHandler work = handler;
        return work != null && work.equals(other);
    }
}
