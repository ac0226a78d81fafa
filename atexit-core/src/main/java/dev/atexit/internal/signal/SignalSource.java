package dev.atexit.internal.signal;

import org.jspecify.annotations.Nullable;

/** Where signals come from. */
public abstract class SignalSource {
    private static final String IMPLEMENTATION = "dev.atexit.internal.signal.jdk.SunSignals";

    /** Creates a source. */
    protected SignalSource() {}

    /** What is called when a signal comes, on a thread of the JVM's. */
    public interface Action {
        /** A signal came. */
        void signalled(String name, int number);
    }

    /** What a handler replaced. */
    public interface Installed {
        /** Whether nobody but the JVM itself had handled the signal. */
        boolean replacedDefault();

        /** Runs the handler that was there before; does nothing where it was the system's own way of handling. */
        void callPrevious();

        /** Puts the handler back that was there before, unless somebody has installed another one since. */
        void restore();
    }

    /** The JVM's signals; null where the module {@code jdk.unsupported} is absent. */
    public static @Nullable SignalSource find() {
        try {
            return Class.forName(IMPLEMENTATION)
                    .asSubclass(SignalSource.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError absent) {
            return null;
        }
    }

    /**
     * Handles a signal from now on.
     *
     * @param name without {@code SIG}
     * @throws IllegalArgumentException if there is no such signal, or the JVM keeps it to itself
     */
    public abstract Installed install(String name, Action action);
}
