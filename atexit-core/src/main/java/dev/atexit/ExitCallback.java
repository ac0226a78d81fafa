package dev.atexit;

import org.jspecify.annotations.Nullable;

/**
 * Runs at the end of an {@link ExitStack}'s scope and sees how the scope ended, as {@code __exit__} in Python.
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
     * @param error the exception on its way out; null if there is none, or if the stack was closed without one being known
     * @return true if the exception is dealt with, and what runs after this should not see it
     * @throws Exception in place of {@code error}, which becomes suppressed in it
     */
    boolean exit(@Nullable Throwable error) throws Exception;
}
