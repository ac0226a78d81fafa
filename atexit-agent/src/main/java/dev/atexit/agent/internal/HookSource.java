package dev.atexit.agent.internal;

import dev.atexit.internal.exit.Task;
import dev.atexit.internal.exit.TaskSource;
import org.jspecify.annotations.Nullable;

/** The hooks: all at once, or the newest first and one after another. */
final class HookSource implements TaskSource {
    private final HookTask[] hooks;
    private final boolean lifo;
    private int taken;
    private boolean cut;

    HookSource(HookTask[] hooks, boolean lifo) {
        this.hooks = hooks;
        this.lifo = lifo;
    }

    @Override
    public @Nullable Task take() {
        return cut ? null : next();
    }

    private @Nullable Task next() {
        if (taken == hooks.length) {
            return null;
        }
        taken++;
        return lifo ? hooks[hooks.length - taken] : hooks[taken - 1];
    }

    @Override
    public void cut() {
        cut = true;
    }

    @Override
    public @Nullable Task takeSkipped() {
        return next();
    }

    @Override
    public boolean close() {
        return true;
    }

    @Override
    public boolean isFixed() {
        return true;
    }

    @Override
    public int parallelism() {
        return lifo ? 1 : Math.max(1, hooks.length);
    }
}
