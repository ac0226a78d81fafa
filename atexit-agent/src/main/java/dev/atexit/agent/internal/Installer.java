package dev.atexit.agent.internal;

import dev.atexit.internal.exit.StderrObserver;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Puts a {@link HookMap} in the place of the map in which the JVM keeps its hooks. Runs before the program's {@code main},
 * so it loads as little as it can.
 */
public final class Installer implements BiConsumer<String, Instrumentation> {
    private static final String REGISTRY = "java.lang.ApplicationShutdownHooks";
    private static final String FIELD = "hooks";

    /** Made by the agent's main class, which knows it by its name only. */
    public Installer() {}

    @Override
    public void accept(String options, Instrumentation jvm) {
        AgentOptions parsed = AgentOptions.parse(options);
        for (String complaint : parsed.complaints) {
            StderrObserver.print("agent: " + complaint);
        }
        String failure;
        try {
            failure = install(parsed, jvm);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherJvm) {
            failure = "cannot watch the shutdown hooks of this JVM: " + otherJvm;
        }
        if (!failure.isEmpty()) {
            StderrObserver.print("agent: " + failure);
        }
    }

    private static String install(AgentOptions options, Instrumentation jvm) throws ReflectiveOperationException {
        Class<?> registry = Class.forName(REGISTRY);
        Set<Module> self = Set.of(Installer.class.getModule());
        jvm.redefineModule(
                registry.getModule(), Set.of(), Map.of(), Map.of(registry.getPackageName(), self), Set.of(), Map.of());
        Field field = registry.getDeclaredField(FIELD);
        field.setAccessible(true);
        synchronized (registry) {
            // The lock under which the JVM itself reads and writes it.
            Object hooks = field.get(null);
            if (hooks == null) {
                return "too late to watch the shutdown hooks: the program is ending";
            }
            if (hooks.getClass().getName().equals(HookMap.class.getName())) {
                return "it is there already; these options are not used";
            }
            @SuppressWarnings("unchecked")
            IdentityHashMap<Thread, Thread> known = (IdentityHashMap<Thread, Thread>) hooks;
            field.set(null, new HookMap(options, known));
        }
        return "";
    }
}
