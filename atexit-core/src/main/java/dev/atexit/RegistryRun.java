package dev.atexit;

import dev.atexit.internal.exit.Outcome;
import dev.atexit.internal.exit.Task;
import dev.atexit.internal.exit.TaskResult;
import dev.atexit.internal.exit.TaskSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a registry: by the program's exit, or by {@code runAll}. Several may be under way at once. Guarded by the
 * registry's state.
 *
 * <p>A run is over when nothing is left and nothing runs, in other runs neither: where those hold up what is left, or the
 * end, the run takes a task that waits for them.
 */
final class RegistryRun implements TaskSource {
    final RegistryState state;

    /** Whether the program's exit makes this run. */
    final boolean ofExit;

    private final List<RegistryEntry> done = new ArrayList<>(0);
    private boolean begun;
    private int width = 1;
    private int active;
    private boolean waiting;
    private boolean impatient;
    private boolean cut;

    /** The entry that asked for this run on the thread that makes it; it must not be waited for. */
    private @Nullable RegistryEntry caller;

    RegistryRun(RegistryState state, boolean ofExit) {
        this.state = state;
        this.ofExit = ofExit;
    }

    /** Called on the thread that makes the run, before anything else; once is enough. */
    void begin() {
        synchronized (state) {
            if (!begun) {
                begun = true;
                caller = state.suspend(Thread.currentThread());
                // No threads for nothing.
                width = state.hasPending() ? state.parallelism : 1;
            }
        }
    }

    @Override
    public int parallelism() {
        begin();
        return width;
    }

    @Override
    public @Nullable Task take() {
        synchronized (state) {
            if (cut) {
                return null;
            }
            RegistryEntry entry = state.begin();
            if (entry != null) {
                active++;
                return entry;
            }
            RegistryEntry other = toAwait();
            if (other == null) {
                return null;
            }
            waiting = true;
            return new AwaitedEntry(this, other);
        }
    }

    private @Nullable RegistryEntry toAwait() {
        return active > 0 || waiting || impatient ? null : state.someRunning(caller != null);
    }

    @Override
    public boolean close() {
        synchronized (state) {
            if (!cut && (state.canBegin() || toAwait() != null)) {
                return false;
            }
            over();
            return true;
        }
    }

    @Override
    public void cut() {
        synchronized (state) {
            cut = true;
            over();
        }
    }

    /** Nothing more will be taken. Called again, it does nothing. */
    void over() {
        synchronized (state) {
            if (caller != null) {
                state.resume(caller);
                caller = null;
            }
            state.runOver(this);
        }
    }

    @Override
    public int left() {
        return state.pendingCount();
    }

    @Override
    public @Nullable Task takeSkipped() {
        return state.skip();
    }

    @Override
    public void ended(Task task, TaskResult result) {
        synchronized (state) {
            if (task instanceof RegistryEntry entry) {
                if (result.outcome != Outcome.SKIPPED) {
                    active--;
                }
                state.ended(entry, result);
                done.add(entry);
            } else {
                waiting = false;
            }
        }
    }

    /** The wait for another run's entry is over. */
    void waited() {
        synchronized (state) {
            waiting = false;
        }
    }

    /** Whoever makes this run was told not to wait any longer. */
    void hurry() {
        synchronized (state) {
            impatient = true;
        }
    }

    boolean isRunning(RegistryEntry entry) {
        return state.isRunning(entry, caller != null);
    }

    /** What this run ran, in the order in which it ended. */
    List<ExitReport.Entry> reports() {
        return state.reports(done);
    }
}
