package dev.atexit;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ExitStack} whose callbacks may take their time without a thread that waits for them. As {@code
 * contextlib.AsyncExitStack}.
 *
 * <pre>{@code
 * AsyncExitStack stack = new AsyncExitStack();
 * Channel channel = stack.enterAsync(connect(), Channel::closeAsync);
 * stack.callbackAsync(() -> channel.send("bye"));
 * stack.closeAsync().whenComplete((nothing, error) -> done(error));
 * }</pre>
 *
 * <p><b>Threading.</b> Thread-safe. A callback runs on the thread that calls {@link #closeAsync} or, after one that took its
 * time, on the thread that completed that one's stage. <b>Ordering.</b> Last in, first out, one after another: the next one
 * starts when the stage of the one before has completed. What is added meanwhile runs next. <b>Failure.</b> The first
 * exception counts, later ones are suppressed in it; the rest is undone all the same. A stage that ends in a {@link
 * CompletionException} counts as its cause. <b>Time.</b> No bound. Stages that are complete already do not recurse.
 *
 * <p><b>Not guaranteed.</b> A stage that never completes holds up those below it for ever.
 */
public final class AsyncExitStack {
    private final Object lock = new Object();

    // Guarded by lock.
    private ArrayDeque<Supplier<? extends @Nullable CompletionStage<?>>> callbacks;
    private @Nullable CompletableFuture<@Nullable Void> closing;
    private boolean closed;

    // Written by one callback after another.
    private @Nullable Throwable primary;

    /** Creates an empty stack. */
    public AsyncExitStack() {
        this(new ArrayDeque<>());
    }

    private AsyncExitStack(ArrayDeque<Supplier<? extends @Nullable CompletionStage<?>>> callbacks) {
        this.callbacks = callbacks;
    }

    /**
     * Adds a resource that is closed at once when its turn comes.
     *
     * @param <T> the resource's type
     * @param resource what to close
     * @return the resource
     * @throws IllegalStateException if the stack is closed; the resource is then closed before this is thrown
     */
    public <T extends AutoCloseable> T enter(T resource) {
        Objects.requireNonNull(resource, "resource");
        if (!add(new Direct(new Close(resource)))) {
            IllegalStateException late = late();
            try {
                resource.close();
            } catch (Throwable alsoFailed) {
                late.addSuppressed(alsoFailed);
            }
            throw late;
        }
        return resource;
    }

    /**
     * Adds a resource that takes its time to close.
     *
     * @param <T> the resource's type
     * @param resource what to close
     * @param closer begins to close it, and returns the stage that completes when it is closed
     * @return the resource
     * @throws IllegalStateException if the stack is closed; the closer is called before this is thrown, and not waited for
     */
    public <T> T enterAsync(T resource, Function<? super T, ? extends CompletionStage<?>> closer) {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(closer, "closer");
        if (!add(new CloseAsync<>(resource, closer))) {
            IllegalStateException late = late();
            try {
                CompletionStage<?> notAwaited = closer.apply(resource);
                Objects.requireNonNull(notAwaited, "closer returned null");
            } catch (Throwable alsoFailed) {
                late.addSuppressed(alsoFailed);
            }
            throw late;
        }
        return resource;
    }

    /**
     * Adds something to run.
     *
     * @param handler what to run
     * @throws IllegalStateException if the stack is closed; nothing is added
     */
    public void callback(ExitHandler handler) {
        if (!add(new Direct(Objects.requireNonNull(handler, "handler")))) {
            throw late();
        }
    }

    /**
     * Adds something to begin.
     *
     * @param callback begins it, and returns the stage that completes when it is done; null counts as done
     * @throws IllegalStateException if the stack is closed; nothing is added
     */
    public void callbackAsync(Supplier<? extends @Nullable CompletionStage<?>> callback) {
        if (!add(Objects.requireNonNull(callback, "callback"))) {
            throw late();
        }
    }

    private boolean add(Supplier<? extends @Nullable CompletionStage<?>> callback) {
        synchronized (lock) {
            if (closed) {
                return false;
            }
            callbacks.push(callback);
            return true;
        }
    }

    private static IllegalStateException late() {
        return new IllegalStateException("the stack is closed: it would never undo this");
    }

    /**
     * Moves everything to a new stack. Closing this one then does nothing, until something is added to it.
     *
     * @return the new stack, which owns it
     * @throws IllegalStateException if the stack is closed or closing
     */
    public AsyncExitStack popAll() {
        synchronized (lock) {
            if (closed || closing != null) {
                throw late();
            }
            AsyncExitStack moved = new AsyncExitStack(callbacks);
            callbacks = new ArrayDeque<>();
            return moved;
        }
    }

    /**
     * Undoes everything, last in, first out. A later or concurrent call undoes nothing and returns a stage with the same
     * outcome. Cancelling or completing what is returned has no effect on the cleanup.
     *
     * @return completes when the last callback has; exceptionally with the first exception if there was one
     */
    public CompletionStage<@Nullable Void> closeAsync() {
        CompletableFuture<@Nullable Void> outcome;
        boolean first;
        synchronized (lock) {
            first = closing == null;
            if (closing == null) {
                closing = new CompletableFuture<>();
            }
            outcome = closing;
        }
        if (first) {
            drain(outcome);
        }
        return outcome.copy();
    }

    /** Runs callbacks until one takes its time; its stage then calls this again. */
    private void drain(CompletableFuture<@Nullable Void> outcome) {
        for (; ; ) {
            Supplier<? extends @Nullable CompletionStage<?>> callback;
            synchronized (lock) {
                callback = callbacks.poll();
                closed = callback == null;
            }
            if (callback == null) {
                end(outcome);
                return;
            }
            try {
                CompletionStage<?> stage = callback.get();
                if (stage != null) {
                    Step step = new Step(this, outcome);
                    CompletionStage<?> observed = stage.whenComplete(step);
                    if (observed != null && step.handled.compareAndSet(false, true)) {
                        return;
                    }
                }
            } catch (Throwable thrown) {
                failed(thrown instanceof Carrier carrier ? carrier.carried : thrown);
            }
        }
    }

    private void end(CompletableFuture<@Nullable Void> outcome) {
        Throwable failure = primary;
        if (failure == null) {
            outcome.complete(null);
        } else {
            outcome.completeExceptionally(failure);
        }
    }

    private void failed(Throwable thrown) {
        Throwable first = primary;
        if (first == null) {
            primary = thrown;
        } else if (first != thrown) {
            first.addSuppressed(thrown);
        }
    }

    /** Waits for one stage. Whoever comes second, the loop or the stage's completion, goes on with the next callback. */
    private static final class Step implements BiConsumer<Object, @Nullable Throwable> {
        private final AsyncExitStack stack;
        private final CompletableFuture<@Nullable Void> outcome;
        private final AtomicBoolean handled = new AtomicBoolean();

        Step(AsyncExitStack stack, CompletableFuture<@Nullable Void> outcome) {
            this.stack = stack;
            this.outcome = outcome;
        }

        @Override
        public void accept(Object result, @Nullable Throwable error) {
            if (error != null) {
                Throwable cause = error.getCause();
                stack.failed(error instanceof CompletionException && cause != null ? cause : error);
            }
            if (!handled.compareAndSet(false, true)) {
                stack.drain(outcome);
            }
        }
    }

    /** Runs a handler at once. */
    private static final class Direct implements Supplier<@Nullable CompletionStage<?>> {
        private final ExitHandler handler;

        Direct(ExitHandler handler) {
            this.handler = handler;
        }

        @Override
        public @Nullable CompletionStage<?> get() {
            try {
                handler.run();
            } catch (RuntimeException | Error unchecked) {
                throw unchecked;
            } catch (Exception checked) {
                throw new Carrier(checked);
            }
            return null;
        }
    }

    /** Takes a checked exception past a supplier. */
    private static final class Carrier extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Throwable carried;

        Carrier(Throwable carried) {
            super(carried);
            this.carried = carried;
        }
    }

    private static final class Close implements ExitHandler {
        private final AutoCloseable resource;

        Close(AutoCloseable resource) {
            this.resource = resource;
        }

        @Override
        public void run() throws Exception {
            resource.close();
        }
    }

    private static final class CloseAsync<T> implements Supplier<@Nullable CompletionStage<?>> {
        private final T resource;
        private final Function<? super T, ? extends CompletionStage<?>> closer;

        CloseAsync(T resource, Function<? super T, ? extends CompletionStage<?>> closer) {
            this.resource = resource;
            this.closer = closer;
        }

        @Override
        public @Nullable CompletionStage<?> get() {
            return closer.apply(resource);
        }
    }
}
