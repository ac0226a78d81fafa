package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Task;
import org.jspecify.annotations.Nullable;

/** A registered handler with its argument. Matches by the handler alone, as in CPython. */
final class BoundTask<T> extends Task implements Registration {
    private final @Nullable String name;

    // Both are dropped together.
    private @Nullable BoundHandler<? super T> handler;
    private @Nullable T argument;

    private BoundTask(@Nullable String name, BoundHandler<? super T> handler, T argument) {
        this.name = name;
        this.handler = handler;
        this.argument = argument;
    }

    static <T> Registration register(@Nullable String name, BoundHandler<? super T> handler, T argument) {
        BoundTask<T> task = new BoundTask<>(name, handler, argument);
        ExitScope.current().register(task);
        return task;
    }

    @Override
    protected void run() throws Exception {
        BoundHandler<? super T> work = handler;
        T bound = argument;
        if (work != null && bound != null) {
            work.run(bound);
        }
    }

    @Override
    protected void release() {
        handler = null;
        argument = null;
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
        BoundHandler<? super T> work = handler;
        return work == null ? noun() : Arguments.label(work);
    }

    @Override
    protected boolean matches(Object other) {
        BoundHandler<? super T> work = handler;
        return work != null && work.equals(other);
    }
}
