package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/**
 * The stack seen by a run that somebody asked for: only the exit closes it for good, and that may have begun meanwhile, or
 * be what runs the handler that asks. What other copies of the library have on the stack is not this one's to run.
 */
final class OpenSource implements TaskSource {
    private final HandlerStack stack;

    OpenSource(HandlerStack stack) {
        this.stack = stack;
    }

    @Override
    public @Nullable Task take() {
        return stack.takeOwn();
    }

    @Override
    public void cut() {}

    @Override
    public @Nullable Task takeSkipped() {
        return stack.takeOwn();
    }

    @Override
    public boolean close() {
        return true;
    }
}
