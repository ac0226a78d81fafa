package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source that is being unwound, and what came of its tasks so far. Guarded by the unwinder's lock. */
final class Frame {
    final TaskSource source;
    final @Nullable Frame below;

    /** The task whose children these are; null for the outermost source. */
    final @Nullable Task parent;

    final int depth;
    final int parallelism;
    final long startedNanos;
    final List<TaskResult> results = new ArrayList<>(0);
    int quiet;
    int active;

    /** How many ended inside of tasks that stood for others, less those tasks themselves. */
    int nested;

    /** How many workers say what became of a task: the frame stays until it is said. */
    int telling;

    /** How many workers are to be started for it by a caller who then watches them; 0 if the caller need not. */
    int awaited;

    Frame(TaskSource source, @Nullable Frame below, @Nullable Task parent, long startedNanos) {
        this.source = source;
        this.below = below;
        this.parent = parent;
        this.depth = below == null ? 1 : below.depth + 1;
        this.parallelism = source.parallelism();
        this.startedNanos = startedNanos;
    }

    /** How many have ended here, each by itself. */
    int done() {
        return results.size() + quiet + nested;
    }
}
