package dev.atexit;

import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A scope that undoes what was done in it, in reverse order, when it is closed: any number of nested {@code
 * try}-with-resources statements in one. As {@code contextlib.ExitStack}.
 *
 * <pre>{@code
 * try (ExitStack stack = new ExitStack()) {
 *     for (Path path : paths) {
 *         readers.add(stack.enter(Files.newBufferedReader(path)));
 *     }
 *     stack.callback(() -> log("done"));
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Not thread-safe: a scope belongs to a block. <b>Ordering.</b> Last in, first out. What is added while
 * the stack closes runs next. <b>Failure.</b> {@link #close} throws the first exception as it is, whether checked or not,
 * with later ones suppressed, exactly as nested {@code try}-with-resources would; the rest is undone all the same. Under
 * {@link #using} callbacks also see, replace and suppress exceptions, as in Python. <b>Time.</b> No bound. Every method but
 * {@link #close} is O(1), and closing does not recurse.
 *
 * <p><b>Not guaranteed.</b> A stack that is not closed undoes nothing. For the end of the program, register it: {@code
 * AtExit.closing(stack)}.
 */
public final class ExitStack implements AutoCloseable {
    private ArrayDeque<ExitCallback> callbacks;
    private boolean closed;

    /** Creates an empty stack. */
    public ExitStack() {
        this(new ArrayDeque<>());
    }

    private ExitStack(ArrayDeque<ExitCallback> callbacks) {
        this.callbacks = callbacks;
    }

    /**
     * Adds a resource, to be closed.
     *
     * @param <T> the resource's type
     * @param resource what to close
     * @return the resource
     * @throws IllegalStateException if the stack is closed; the resource is then closed before this is thrown, since nobody
     *     else would
     */
    public <T extends AutoCloseable> T enter(T resource) {
        Objects.requireNonNull(resource, "resource");
        if (closed) {
            IllegalStateException late =
                    new IllegalStateException("the stack is closed: the resource was closed at once");
            try {
                resource.close();
            } catch (Throwable alsoFailed) {
                late.addSuppressed(alsoFailed);
            }
            throw late;
        }
        callbacks.push(new ResourceCallback(resource));
        return resource;
    }

    /**
     * Adds something to run.
     *
     * @param handler what to run
     * @throws IllegalStateException if the stack is closed; nothing is added
     */
    public void callback(ExitHandler handler) {
        Objects.requireNonNull(handler, "handler");
        checkOpen();
        callbacks.push(new HandlerCallback(handler));
    }

    /**
     * Adds something to run with its argument.
     *
     * @param <T> the argument's type
     * @param handler what to run
     * @param argument what to give it
     * @throws IllegalStateException if the stack is closed; nothing is added
     */
    public <T> void callback(BoundHandler<? super T> handler, T argument) {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(argument, "argument");
        checkOpen();
        callbacks.push(new BoundCallback<>(handler, argument));
    }

    /**
     * Adds something that sees the exception, if there is one, and may suppress it. It sees it only under {@link #using}: a
     * {@code try} statement does not tell a resource why it is closed, so under {@link #close} it is given null and what it
     * returns is ignored.
     *
     * @param callback what to run
     * @throws IllegalStateException if the stack is closed; nothing is added
     */
    public void push(ExitCallback callback) {
        Objects.requireNonNull(callback, "callback");
        checkOpen();
        callbacks.push(callback);
    }

    /**
     * Moves everything to a new stack. Closing this one then does nothing, until something is added to it.
     *
     * @return the new stack, which owns it
     * @throws IllegalStateException if the stack is closed
     */
    public ExitStack popAll() {
        checkOpen();
        ExitStack moved = new ExitStack(callbacks);
        callbacks = new ArrayDeque<>();
        return moved;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the stack is closed: it would never undo this");
        }
    }

    /**
     * Undoes everything, last in, first out. A second call does nothing. Although none is declared, the first exception is
     * thrown as it is, checked ones too: declaring them would force every user to catch {@code Exception}, and to be warned
     * of {@code InterruptedException}.
     */
    @Override
    public void close() {
        Throwable primary = null;
        for (ExitCallback callback = callbacks.poll(); callback != null; callback = callbacks.poll()) {
            try {
                callback.exit(null);
            } catch (Throwable thrown) {
                primary = combine(primary, thrown);
            }
        }
        closed = true;
        if (primary != null) {
            throw ExitStack.<RuntimeException>asIs(primary);
        }
    }

    /**
     * Runs a body with a new stack, and then undoes everything: callbacks see the body's exception, null if there is none.
     * One that returns true suppresses it for those that run after it. What a callback throws takes the place of the
     * exception, which becomes suppressed in it; a callback that suppressed an earlier exception does not swallow a later
     * one. There is no form that returns a value: it could not be told from this one in a lambda.
     *
     * @param body what to run
     * @throws Exception what is left at the end, as it is
     */
    public static void using(Body body) throws Exception {
        Objects.requireNonNull(body, "body");
        ExitStack stack = new ExitStack();
        Throwable current = null;
        try {
            body.run(stack);
        } catch (Throwable thrown) {
            current = thrown;
        }
        current = stack.unwind(current);
        if (current != null) {
            throw ExitStack.<RuntimeException>asIs(current);
        }
    }

    private @Nullable Throwable unwind(@Nullable Throwable fromBody) {
        Throwable current = fromBody;
        for (ExitCallback callback = callbacks.poll(); callback != null; callback = callbacks.poll()) {
            try {
                boolean suppresses = callback.exit(current);
                if (suppresses) {
                    current = null;
                }
            } catch (Throwable thrown) {
                if (current != null && current != thrown) {
                    thrown.addSuppressed(current);
                }
                current = thrown;
            }
        }
        closed = true;
        return current;
    }

    /** As {@code try}-with-resources: the first one counts. */
    private static Throwable combine(@Nullable Throwable primary, Throwable thrown) {
        if (primary == null) {
            return thrown;
        }
        if (primary != thrown) {
            primary.addSuppressed(thrown);
        }
        return primary;
    }

    /** The throw statement believes that X is what it says; nobody checks. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X asIs(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /** What {@link #using} runs. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does the work.
         *
         * @param stack undone when this method has returned or thrown
         * @throws Exception what the callbacks will see
         */
        void run(ExitStack stack) throws Exception;
    }

    private static final class ResourceCallback implements ExitCallback {
        private final AutoCloseable resource;

        ResourceCallback(AutoCloseable resource) {
            this.resource = resource;
        }

        @Override
        public boolean exit(@Nullable Throwable error) throws Exception {
            resource.close();
            return false;
        }
    }

    private static final class HandlerCallback implements ExitCallback {
        private final ExitHandler handler;

        HandlerCallback(ExitHandler handler) {
            this.handler = handler;
        }

        @Override
        public boolean exit(@Nullable Throwable error) throws Exception {
            handler.run();
            return false;
        }
    }

    private static final class BoundCallback<T> implements ExitCallback {
        private final BoundHandler<? super T> handler;
        private final T argument;

        BoundCallback(BoundHandler<? super T> handler, T argument) {
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
