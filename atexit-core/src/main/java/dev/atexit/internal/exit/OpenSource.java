package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/** The stack seen by a run that a handler asks for during the exit: what is empty now does not close for good. */
final class OpenSource implements TaskSource {
    private final HandlerStack stack;

    OpenSource(HandlerStack stack) {
        this.stack = stack;
    }

    @Override
    public @Nullable Task take() {
        return stack.take();
    }

    @Override
    public void cut() {}

    @Override
    public @Nullable Task takeSkipped() {
        return stack.take();
    }

    @Override
    public boolean close() {
        return true;
    }

    @Override
    public void ended(Task task, TaskResult result) {}

    @Override
    public int parallelism() {
        return 1;
    }
}
