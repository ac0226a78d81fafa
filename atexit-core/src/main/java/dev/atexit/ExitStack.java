package dev.atexit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cleanup of one scope: any number of resources and callbacks, known only at run time, undone when the scope ends. The
 * counterpart of Python's {@code contextlib.ExitStack}.
 *
 * <pre>{@code
 * try (ExitStack stack = new ExitStack()) {
 *     Connection c = stack.enter(open());
 *     stack.callback(() -> log("bye"));
 *     ExitStack kept = stack.popAll(); // ownership moves
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Any thread may call any method. Callbacks run on the thread that closes the stack, without a lock.
 * Whatever is registered while another thread closes the stack is run by that thread, or is refused.
 *
 * <p><b>Ordering.</b> Last in, first out. What a running callback registers runs next. One callback after another, without
 * recursion.
 *
 * <p><b>Failure.</b> Whatever a callback throws, all others run. {@link #close} then throws what nested {@code
 * try}-with-resources statements would: the first exception, with the later ones suppressed. Where the body of the {@code
 * try} has failed, the statement adds that one to the body's exception. {@link #using} follows Python, since callbacks can
 * see the exception there: each one replaces the one before, and has it as suppressed.
 *
 * <p><b>Checked exceptions.</b> A resource may throw anything when it is closed, and it leaves {@link #close} as the very
 * exception it is, also where it is a checked one that the compiler knows nothing of. A method that declared {@code
 * Exception} would be a warning of {@code -Xlint:try} at each use, and a type parameter could not say more: what the
 * resources throw is not known when the stack is made.
 *
 * <p><b>Time.</b> All methods but closing are O(1). No bounds: a callback that hangs holds the thread.
 *
 * <p><b>Not guaranteed.</b> That anything happens for a stack that nobody closes; {@code AtExit.closing(stack)} has it
 * closed at exit. Unlike in Python, a stack that was closed is not to be used again, a {@code close()} from one of its
 * callbacks does nothing, and {@link #push} works only under {@link #using}.
 */
public final class ExitStack implements AutoCloseable {
    private final ScopeEntries<ExitCallback> entries;
    private final boolean seesErrors;

    /** Creates an empty stack, to be closed by {@code try}-with-resources or by hand. */
    public ExitStack() {
        this(new ScopeEntries<>(), false);
    }

    private ExitStack(ScopeEntries<ExitCallback> entries, boolean seesErrors) {
        this.entries = entries;
        this.seesErrors = seesErrors;
    }

    /**
     * Runs a body with a new stack, and closes the stack when the body ends. Callbacks of {@link #push} are given the
     * exception in flight, the body's at first, and may suppress it. An exception thrown by any callback or resource
     * replaces the one in flight, which it gets as suppressed; so whoever suppresses has seen the newest failure, and a
     * failure after that is thrown.
     *
     * @param <X> what the body throws; callbacks and resources may throw other exceptions, as with {@link #close}
     * @param body what to do with the stack
     * @throws X the exception still in flight after the last callback, itself and not a wrapper
     */
    public static <X extends Exception> void using(Body<X> body) throws X {
        Objects.requireNonNull(body, "body");
        ExitStack stack = new ExitStack(new ScopeEntries<>(), true);
        Throwable thrown = null;
        try {
            body.run(stack);
        } catch (Throwable error) {
            thrown = error;
        }
        stack.unwind(thrown, true);
    }

    /**
     * Has a resource closed with the stack.
     *
     * @param <T> the resource's type
     * @param resource what to close
     * @return the resource
     * @throws IllegalStateException if the stack is closed. The resource is closed first, as nobody else may know it; what
     *     that throws is suppressed in the exception
     */
    public <T extends AutoCloseable> T enter(T resource) {
        Objects.requireNonNull(resource, "resource");
        if (!entries.push(new Closing(resource))) {
            IllegalStateException refused = ScopeEntries.closed();
            try {
                resource.close();
            } catch (Throwable error) {
                ScopeErrors.firstWins(refused, error);
            }
            throw refused;
        }
        return resource;
    }

    /**
     * Has a handler run when the stack is closed. It cannot see the exception in flight; see {@link #push} for that.
     *
     * @param handler what to run
     * @throws IllegalStateException if the stack is closed; the handler never runs
     */
    public void callback(ExitHandler handler) {
        entries.pushOrThrow(new Running(Objects.requireNonNull(handler, "handler")));
    }

    /**
     * Has a handler run with its argument when the stack is closed.
     *
     * @param <T> the argument's type
     * @param handler what to run
     * @param argument what to give it
     * @throws IllegalStateException if the stack is closed; the handler never runs
     */
    public <T> void callback(BoundHandler<? super T> handler, T argument) {
        Objects.requireNonNull(handler, "handler");
        entries.pushOrThrow(new Bound<>(handler, Objects.requireNonNull(argument, "argument")));
    }

    /**
     * Has a callback run that is given the exception in flight and may suppress it. Only for the stack of {@link #using}:
     * {@code try}-with-resources does not tell a resource of the body's exception, and a callback that commits when it
     * sees none must not take that for success.
     *
     * @param callback what to run
     * @throws IllegalStateException if the stack is closed, or is not one of {@link #using}; the callback never runs
     */
    public void push(ExitCallback callback) {
        Objects.requireNonNull(callback, "callback");
        if (!seesErrors) {
            throw new IllegalStateException("push works only under ExitStack.using(stack -> ...): this stack is closed"
                    + " without being told whether the body failed; use callback(...) if that does not matter");
        }
        entries.pushOrThrow(callback);
    }

    /**
     * Moves everything to a new stack. This one is empty then and stays as open as it was; closing it does nothing to
     * what has moved. From a running callback it moves what has not run. Callbacks of {@link #push} that have moved are
     * given only what was thrown while the new stack is closed: the exception that would leave it. They may suppress or
     * replace that one as ever.
     *
     * @return the new stack, to be closed with {@link #close}
     */
    public ExitStack popAll() {
        return new ExitStack(entries.moveAll(), false);
    }

    /**
     * Runs everything, last in, first out. A second call does nothing, also one from a callback or from another thread
     * while the first is under way; it does not wait.
     *
     * <p>Throws the first exception of a callback or resource, itself and not a wrapper, with the later ones as
     * suppressed; the same exception thrown again is not suppressed in itself.
     */
    @Override
    public void close() {
        unwind(null, false);
    }

    private void unwind(@Nullable Throwable thrown, boolean newestWins) {
        Throwable error = thrown;
        if (entries.beginClosing()) {
            for (ExitCallback next = entries.take(); next != null; next = entries.take()) {
                try {
                    if (next.exit(error)) {
                        error = null;
                    }
                } catch (Throwable later) {
                    error = newestWins || !(next instanceof Blind)
                            ? ScopeErrors.newestWins(error, later)
                            : ScopeErrors.firstWins(error, later);
                }
            }
        }
        if (error != null) {
            throw ScopeErrors.<RuntimeException>sneak(error);
        }
    }

    /**
     * What is done with the stack of {@link ExitStack#using}.
     *
     * @param <X> what it throws
     */
    @FunctionalInterface
    public interface Body<X extends Exception> {
        /**
         * Does the work of the scope.
         *
         * @param stack closed when this returns or throws
         * @throws X if the work fails
         */
        void run(ExitStack stack) throws X;
    }

    /** Has not seen the exception in flight, and so has not meant to replace it. */
    private interface Blind extends ExitCallback {}

    private static final class Closing implements Blind {
        private final AutoCloseable resource;

        Closing(AutoCloseable resource) {
            this.resource = resource;
        }

        @Override
        public boolean exit(@Nullable Throwable error) throws Exception {
            resource.close();
            return false;
        }
    }

    private static final class Running implements Blind {
        private final ExitHandler handler;

        Running(ExitHandler handler) {
            this.handler = handler;
        }

        @Override
        public boolean exit(@Nullable Throwable error) throws Exception {
            handler.run();
            return false;
        }
    }

    private static final class Bound<T> implements Blind {
        private final BoundHandler<? super T> handler;
        private final T argument;

        Bound(BoundHandler<? super T> handler, T argument) {
            this.handler = handler;
            this.argument = argument;
        }

        @Override
        public boolean exit(@Nullable Throwable error) throws Exception {
            handler.run(argument);
            return false;
        }
    }
}
