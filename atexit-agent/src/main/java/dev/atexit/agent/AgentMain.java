package dev.atexit.agent;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM calls before the program's {@code main}, or when it is told to take in the agent later.
 *
 * <pre>{@code
 * java -javaagent:atexit-agent.jar=report=exit-%p.json,deadline=30s -jar app.jar
 * }</pre>
 *
 * <p>There is nothing here for programs to call. <b>Failure.</b> Whatever goes wrong is one line on standard error, and the
 * program starts as it does without the agent.
 */
public final class AgentMain {
    private static final String INSTALLER = "dev.atexit.agent.internal.Installer";

    private AgentMain() {}

    /**
     * Begins to watch the hooks.
     *
     * @param options what stands behind the jar's path, or null
     * @param jvm the JVM's own
     */
    public static void premain(@Nullable String options, @Nullable Instrumentation jvm) {
        install(options, jvm);
    }

    /**
     * Begins to watch the hooks of a program that already runs.
     *
     * @param options as for {@link #premain}
     * @param jvm the JVM's own
     */
    public static void agentmain(@Nullable String options, @Nullable Instrumentation jvm) {
        install(options, jvm);
    }

    private static void install(@Nullable String options, @Nullable Instrumentation jvm) {
        if (jvm == null) {
            // Somebody calls it who is not the JVM.
            return;
        }
        try {
            File jar = new File(AgentMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Class<?> installer = Class.forName(INSTALLER, true, new AgentLoader(jar));
            @SuppressWarnings("unchecked")
            BiConsumer<String, Instrumentation> created = (BiConsumer<String, Instrumentation>)
                    installer.getDeclaredConstructor().newInstance();
            created.accept(options == null ? "" : options, jvm);
        } catch (Exception | LinkageError broken) {
            System.err.println("[atexit] agent: cannot watch the shutdown hooks of this JVM: " + broken);
        }
    }
}
