package dev.atexit.logging;

import dev.atexit.internal.exit.Task;

/** Tells one logging framework that the exit has begun, before the first handler logs. */
final class BeginTask extends Task {
    /** A framework that hangs must not keep the handlers from running. */
    private static final long BOUND_NANOS = 2_000_000_000L;

    private final LoggingBackend backend;
    private final String name;

    // Run once: by the exit, or else by the task that closes the framework.
    private boolean done;

    BeginTask(LoggingBackend backend, String name) {
        this.backend = backend;
        this.name = name;
    }

    @Override
    protected void run() throws Exception {
        if (begins()) {
            backend.beginExit();
        }
    }

    private synchronized boolean begins() {
        boolean first = !done;
        done = true;
        return first;
    }

    @Override
    protected void release() {}

    @Override
    public long timeoutNanos() {
        return BOUND_NANOS;
    }

    @Override
    public boolean kept() {
        return true;
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public String noun() {
        return "logging";
    }
}
