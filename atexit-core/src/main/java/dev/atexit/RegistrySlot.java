package dev.atexit;

import dev.atexit.internal.exit.Task;
import dev.atexit.internal.exit.TaskSource;
import org.jspecify.annotations.Nullable;

/** A registry's place among the handlers of {@link AtExit}. */
final class RegistrySlot extends Task {
    final RegistryRun run;
    private final Object owner;
    private final @Nullable String name;

    // Set under the lock of the handler stack, which the registry must not take to look.
    private volatile boolean gone;

    RegistrySlot(RegistryState state, Object owner, @Nullable String name) {
        this.run = new RegistryRun(state, true);
        this.owner = owner;
        this.name = name;
    }

    @Override
    public TaskSource children() {
        return run;
    }

    @Override
    protected void run() {
        throw new AssertionError("a registry is run entry by entry");
    }

    @Override
    protected void release() {
        gone = true;
    }

    /** Whether it was unregistered or cleared: the exit will not come by. */
    boolean isGone() {
        return gone;
    }

    @Override
    public @Nullable String name() {
        return name;
    }

    @Override
    public String label() {
        return name == null ? "CleanupRegistry" : name;
    }

    @Override
    public String noun() {
        return "registry";
    }

    @Override
    protected boolean matches(Object other) {
        return other == owner;
    }
}
