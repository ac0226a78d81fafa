package dev.atexit.internal.exit;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks in the order in which they are given. */
final class ListSource implements TaskSource {
    private final ArrayDeque<Task> tasks;
    private final int parallelism;

    ListSource(int parallelism, Task... tasks) {
        this.parallelism = parallelism;
        this.tasks = new ArrayDeque<>(List.of(tasks));
    }

    /** A task that stands for the tasks of a source. */
    static Task group(String name, TaskSource source) {
        return new TestTask(name, () -> {}) {
            @Override
            public TaskSource children() {
                return source;
            }
        };
    }

    @Override
    public @Nullable Task take() {
        return tasks.poll();
    }

    @Override
    public void cut() {}

    @Override
    public @Nullable Task takeSkipped() {
        return tasks.poll();
    }

    @Override
    public boolean close() {
        return tasks.isEmpty();
    }

    @Override
    public void ended(Task task, TaskResult result) {}

    @Override
    public int parallelism() {
        return parallelism;
    }
}
