package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/** A task as a test needs it. */
class TestTask extends Task {
    /** What a task does. */
    interface Work {
        void run() throws Throwable;
    }

    private final @Nullable String name;
    private final Work work;

    TestTask(@Nullable String name, Work work) {
        this.name = name;
        this.work = work;
    }

    @Override
    protected void run() throws Throwable {
        work.run();
    }

    @Override
    protected void release() {}

    @Override
    public @Nullable String name() {
        return name;
    }

    @Override
    public String label() {
        return name == null ? "unnamed" : name;
    }
}
