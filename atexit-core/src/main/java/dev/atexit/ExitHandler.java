package dev.atexit;

/**
 * A piece of cleanup that runs when the program ends.
 *
 * <pre>{@code
 * AtExit.register(() -> connection.close());
 * }</pre>
 *
 * <p><b>Threading.</b> At the end of the JVM a handler runs on a thread of the library, one handler after another. An
 * explicit run uses the caller's thread unless a timeout applies. <b>Failure.</b> Whatever a handler throws is recorded
 * in the {@code ExitReport} and printed; the other handlers run. <b>Equality.</b> Handlers are unregistered by {@link
 * Object#equals}; two evaluations of the same lambda or method reference are not equal, so keep the instance or, better,
 * the {@link Registration}.
 */
@FunctionalInterface
public interface ExitHandler {
    /**
     * Does the cleanup.
     *
     * @throws Exception if the cleanup fails; recorded and printed, never passed on at exit
     */
    void run() throws Exception;
}
