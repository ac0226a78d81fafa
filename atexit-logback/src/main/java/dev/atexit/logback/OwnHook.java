package dev.atexit.logback;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.spi.ConfigurationEvent;
import ch.qos.logback.core.spi.ConfigurationEventListener;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Takes the shutdown hook that a configuration has registered out of the JVM, and does so again whenever the context has
 * been configured anew. Logback keeps these listeners when it resets a context.
 */
final class OwnHook implements ConfigurationEventListener {
    // Those that have a listener. Guarded by itself.
    private static final Set<ContextBase> WATCHED = Collections.newSetFromMap(new WeakHashMap<>());

    // The listener is the context's; it must not be what keeps the context alive in the set above.
    private final WeakReference<ContextBase> context;

    private OwnHook(ContextBase context) {
        this.context = new WeakReference<>(context);
    }

    /** Takes it out, now and later. */
    static void takeOut(ContextBase context) {
        boolean isNew;
        synchronized (WATCHED) {
            isNew = WATCHED.add(context);
        }
        if (isNew) {
            context.addConfigurationEventListener(new OwnHook(context));
        }
        remove(context);
    }

    /**
     * Whether there is a hook that can no longer be taken out, since the JVM has started it.
     */
    static boolean isRunning(ContextBase context) {
        return !remove(context);
    }

    private static boolean remove(ContextBase context) {
        if (context.getObject(CoreConstants.SHUTDOWN_HOOK_THREAD) instanceof Thread hook) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                return false;
            }
            context.removeObject(CoreConstants.SHUTDOWN_HOOK_THREAD);
        }
        return true;
    }

    @Override
    public void listen(ConfigurationEvent event) {
        ContextBase configured = context.get();
        if (configured != null) {
            // Whatever has happened: a configuration that ended with errors may have brought one, too.
            remove(configured);
        }
    }
}
