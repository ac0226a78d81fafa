package dev.atexit;

/**
 * A piece of cleanup that is given one argument, bound when it is registered.
 *
 * <pre>{@code
 * AtExit.register(Files::delete, path);
 * }</pre>
 *
 * <p><b>Threading, failure, equality.</b> As for {@link ExitHandler}.
 *
 * @param <T> the argument's type
 */
@FunctionalInterface
public interface BoundHandler<T> {
    /**
     * Does the cleanup.
     *
     * @param argument what was bound to the handler when it was registered
     * @throws Exception if the cleanup fails; recorded and printed, never passed on at exit
     */
    void run(T argument) throws Exception;
}
