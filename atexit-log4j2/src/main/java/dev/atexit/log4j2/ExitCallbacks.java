package dev.atexit.log4j2;

import java.lang.ref.Reference;
import java.lang.ref.SoftReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.core.util.Cancellable;
import org.apache.logging.log4j.core.util.DefaultShutdownCallbackRegistry;
import org.apache.logging.log4j.core.util.ShutdownCallbackRegistry;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/**
 * What Log4j and the program have registered for the end, without a shutdown hook. Contexts register that they stop
 * themselves; the program may register anything.
 */
final class ExitCallbacks implements ShutdownCallbackRegistry {
    /** What a context's callback says of itself; nothing else tells whose it is. */
    private static final String OF_CONTEXT = "Shutdown callback for LoggerContext[name=";

    // Those of contexts are held softly, as by Log4j: a context that nobody has any more is not kept.
    private final List<Reference<Cancellable>> own = new CopyOnWriteArrayList<>();
    private final List<Cancellable> kept = new CopyOnWriteArrayList<>();

    // Lists of other registries; each goes on to forget what is cancelled.
    private final List<Collection<Reference<Cancellable>>> taken = new CopyOnWriteArrayList<>();

    /** Whether a registry is one of this library, perhaps of a copy in another class loader. */
    static boolean isOne(ShutdownCallbackRegistry registry) {
        return registry.getClass().getName().equals(ExitCallbacks.class.getName());
    }

    /** Never refuses: a context that starts when all is closed had better log than fail. */
    @Override
    public Cancellable addShutdownCallback(Runnable callback) {
        Receipt receipt = new Receipt(callback);
        if (nameOfContext(receipt) == null) {
            kept.add(receipt);
        }
        own.add(new SoftReference<>(receipt));
        return receipt;
    }

    /** Takes the callbacks of another registry, if they can be had: Log4j offers no way to it. */
    @SuppressWarnings("unchecked")
    void addThoseOf(ShutdownCallbackRegistry registry) {
        if (registry instanceof DefaultShutdownCallbackRegistry) {
            try {
                Field hooks = DefaultShutdownCallbackRegistry.class.getDeclaredField("hooks");
                if (hooks.trySetAccessible()) {
                    taken.add((Collection<Reference<Cancellable>>) hooks.get(registry));
                }
            } catch (ReflectiveOperationException notThere) {
                // Another version; the contexts are found without it.
            }
        }
    }

    /** Runs what the program has registered, in that order, and waits for it a while. */
    void runThoseOfProgram(Bound bound) throws InterruptedException {
        List<Cancellable> ofProgram = new ArrayList<>();
        for (Cancellable callback : all()) {
            if (nameOfContext(callback) == null) {
                ofProgram.add(callback);
            }
        }
        runAll("callbacks", ofProgram, bound.callbacksLeft());
    }

    /** Has contexts stop themselves of which the selector knows nothing: those that the program has made by itself. */
    void runThoseOfContexts(List<ContextClosing> closings, Bound bound) throws InterruptedException {
        List<String> closed = new ArrayList<>();
        for (ContextClosing closing : closings) {
            closed.add(closing.name());
        }
        List<Cancellable> ofOthers = new ArrayList<>();
        for (Cancellable callback : all()) {
            String name = nameOfContext(callback);
            if (name != null && !closed.contains(name)) {
                ofOthers.add(callback);
            }
        }
        runAll("contexts", ofOthers, bound.appendersLeft());
    }

    private static void runAll(String name, List<Cancellable> callbacks, long nanos) throws InterruptedException {
        if (!callbacks.isEmpty()) {
            Threads.join(Threads.start(name, () -> callbacks.forEach(ExitCallbacks::run)), nanos);
        }
    }

    private static void run(Cancellable callback) {
        String name = textOf(callback);
        try {
            callback.run();
        } catch (Throwable thrown) {
            // As Log4j does: the others still run.
            StatusLogger.getLogger().error("Caught exception executing shutdown callback {}", name, thrown);
        }
    }

    private List<Cancellable> all() {
        List<Cancellable> all = new ArrayList<>();
        for (Collection<Reference<Cancellable>> others : taken) {
            addAll(others, all);
        }
        addAll(own, all);
        return all;
    }

    private static void addAll(Collection<Reference<Cancellable>> references, List<Cancellable> all) {
        for (Reference<Cancellable> reference : references) {
            Cancellable callback = reference.get();
            if (callback != null) {
                all.add(callback);
            }
        }
    }

    /** The name of the context that would stop, or null if this is a callback of the program. */
    private static @Nullable String nameOfContext(Cancellable callback) {
        String text = textOf(callback);
        return text.startsWith(OF_CONTEXT) && text.endsWith("]")
                ? text.substring(OF_CONTEXT.length(), text.length() - 1)
                : null;
    }

    private static String textOf(Cancellable callback) {
        try {
            return String.valueOf(callback.toString());
        } catch (RuntimeException broken) {
            // It is code of the program, and need not have a name to be run.
            return callback.getClass().getName();
        }
    }

    /** One callback, run at most once. */
    private final class Receipt implements Cancellable {
        // Guarded by this.
        private @Nullable Runnable callback;

        Receipt(Runnable callback) {
            this.callback = callback;
        }

        private synchronized @Nullable Runnable take() {
            Runnable taken = callback;
            callback = null;
            return taken;
        }

        @Override
        public void cancel() {
            take();
            kept.remove(this);
            own.removeIf(reference -> reference.get() == null || reference.get() == this);
        }

        @Override
        public void run() {
            Runnable once = take();
            if (once != null) {
                once.run();
            }
        }

        @Override
        public synchronized String toString() {
            return String.valueOf(callback);
        }
    }
}
