package dev.atexit;

/**
 * The handle of one registered exit handler.
 *
 * <pre>{@code
 * Registration r = AtExit.register(db::close);
 * r.unregister();
 * }</pre>
 *
 * <p><b>Threading.</b> Any thread may use a handle at any time. <b>Time.</b> All methods are O(1).
 */
public interface Registration {
    /**
     * Takes the handler off the stack and drops every reference to it. A later, repeated or concurrent call does
     * nothing and returns false, as does a call when the handler has run or is running.
     *
     * @return true if the handler was still pending and will therefore never run
     */
    boolean unregister();

    /**
     * Tells whether the handler still waits to be run.
     *
     * @return true until the handler is taken to be run, unregistered, or cleared
     */
    boolean isPending();
}
