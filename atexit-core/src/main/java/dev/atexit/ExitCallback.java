package dev.atexit;

import org.jspecify.annotations.Nullable;

/**
 * Runs at the end of an {@link ExitStack#using} and sees how the scope ended, as {@code __exit__} in Python.
 *
 * <pre>{@code
 * stack.push(error -> {
 *     transaction.end(error == null);
 *     return false;
 * });
 * }</pre>
 *
 * <p><b>Threading.</b> Called once, by the thread that closes the stack.
 */
@FunctionalInterface
public interface ExitCallback {
    /**
     * Ends what was begun.
     *
     * @param error the exception in flight: the newest one, of the body or of a callback that ran before this one; null if
     *     there is none
     * @return true to suppress the exception, so that what runs after this does not see it; false to let it go on. Without
     *     an exception it does not matter
     * @throws Exception takes the place of {@code error}, which becomes suppressed in it; to let {@code error} go on, return
     *     false
     */
    boolean exit(@Nullable Throwable error) throws Exception;
}
