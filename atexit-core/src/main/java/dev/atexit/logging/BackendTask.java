package dev.atexit.logging;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.StderrObserver;
import dev.atexit.internal.exit.Task;
import dev.atexit.internal.exit.Text;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The end of one logging framework, as part of the exit. */
final class BackendTask extends Task {
    /** How long a framework may take to drain its queues where the exit has no deadline. */
    private static final long BOUND_NANOS = 10_000_000_000L;

    /** What closes last gets at least so long, also when the handlers have used up the deadline. */
    private static final long LEAST_NANOS = 400_000_000L;

    private final ExitScope scope;
    private final LoggingBackend backend;
    private final String name;
    private final @Nullable BeginTask begin;

    /** With what was to be done before the first handler ran, which is made up for where it was not. */
    BackendTask(ExitScope scope, LoggingBackend backend, String name, @Nullable BeginTask begin) {
        this.scope = scope;
        this.backend = backend;
        this.name = name;
        this.begin = begin;
    }

    @Override
    protected void run() throws Exception {
        beginAtLast();
        long bound = bound(scope.timeLeftNanos());
        long lost = backend.close(Duration.ofNanos(bound));
        if (lost > 0) {
            StderrObserver.print(
                    Text.escape(name) + ": " + lost + " lines could not be written within " + Text.duration(bound));
        }
    }

    private void beginAtLast() {
        if (begin != null) {
            try {
                begin.run();
            } catch (Exception failed) {
                StderrObserver.print(failureLine(Text.describe(failed)));
            }
        }
    }

    /** A little less than the exit allows a task, so that the framework can still say what it has given up. */
    static long bound(long timeLeftNanos) {
        return timeLeftNanos < 0 ? BOUND_NANOS : Math.min(BOUND_NANOS, Math.max(LEAST_NANOS, timeLeftNanos) / 5 * 2);
    }

    @Override
    protected void release() {}

    @Override
    public String label() {
        return name;
    }

    @Override
    public String noun() {
        return "logging";
    }
}
