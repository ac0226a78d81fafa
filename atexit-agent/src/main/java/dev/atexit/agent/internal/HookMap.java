package dev.atexit.agent.internal;

import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hooks of the JVM. To the JVM it is the map that was there before, but for one moment: when the exit begins and it
 * takes the keys to start and join them all, it gets one thread that does that for it.
 *
 * <p>Guarded by the JVM's own lock on its registry. What is remembered about hooks is beside the map, never instead of it:
 * whoever reaches into the JVM and changes the map changes which hooks run.
 */
final class HookMap extends IdentityHashMap<Thread, Thread> {
    private static final long serialVersionUID = 1;

    private final transient AgentOptions options;
    private final transient IdentityHashMap<Thread, Hook> remembered = new IdentityHashMap<>();
    private transient long registrations;

    HookMap(AgentOptions options, IdentityHashMap<Thread, Thread> known) {
        this.options = options;
        for (Thread thread : known.keySet()) {
            super.put(thread, thread);
        }
    }

    @Override
    public @Nullable Thread put(Thread key, Thread value) {
        remembered.put(
                key, new Hook(++registrations, System.currentTimeMillis(), options.sites ? Hook.caller() : null));
        return super.put(key, value);
    }

    @Override
    public @Nullable Thread remove(@Nullable Object key) {
        remembered.remove(key);
        return super.remove(key);
    }

    @Override
    public Set<Thread> keySet() {
        Set<Thread> hooks = super.keySet();
        if ((hooks.isEmpty() && options.report == null) || !isAskedByTheExit()) {
            return hooks;
        }
        try {
            return ExitThread.insteadOf(hooks, remembered, options);
        } catch (RuntimeException | Error broken) {
            // Then they run as they do without the agent.
            return hooks;
        }
    }

    private static boolean isAskedByTheExit() {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        return stack.length > 2
                && stack[2].getMethodName().equals("runHooks")
                && stack[2].getClassName().equals("java.lang.ApplicationShutdownHooks");
    }
}
