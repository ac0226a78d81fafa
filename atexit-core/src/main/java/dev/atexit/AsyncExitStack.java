package dev.atexit;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An {@link ExitStack} whose callbacks may go on after they have returned: each gives a {@link CompletionStage}, and the
 * next one starts when that has completed. The counterpart of Python's {@code contextlib.AsyncExitStack}.
 *
 * <pre>{@code
 * AsyncExitStack stack = new AsyncExitStack();
 * Client client = stack.enterAsync(connect(), Client::closeAsync);
 * stack.callback(() -> log("bye"));
 * stack.closeAsync().join();
 * }</pre>
 *
 * <p><b>Threading.</b> Any thread may call any method. Callbacks start on the thread that calls {@link #closeAsync}; after
 * a stage that had not completed yet, on the thread that completes it. No lock is held, and no thread waits.
 *
 * <p><b>Ordering.</b> Last in, first out, one after another, never two at once. What is registered while the stack is
 * being closed runs next.
 *
 * <p><b>Failure.</b> Whatever a callback throws, and however its stage fails, all others run. Then the stage of {@link
 * #closeAsync} fails as {@link ExitStack#close} would: with the first exception, the later ones suppressed. A {@link
 * CompletionException} around the failure of a stage is taken off.
 *
 * <p><b>Time.</b> Completed stages cost no recursion. No bounds: behind a stage that never completes nothing runs; give
 * it a bound with {@link CompletableFuture#orTimeout}.
 *
 * <p><b>Not guaranteed.</b> That anything happens for a stack that nobody closes. At exit somebody has to wait: {@code
 * AtExit.register(() -> stack.closeAsync().join())}.
 */
public final class AsyncExitStack {
    private final ScopeEntries<AsyncStep> entries;
    private final CompletableFuture<@Nullable Void> outcome = new CompletableFuture<>();

    /** Passed on from the thread that ends one step to the one that starts the next; never used by two at once. */
    private @Nullable Throwable error;

    /** Creates an empty stack. */
    public AsyncExitStack() {
        this(new ScopeEntries<>());
    }

    private AsyncExitStack(ScopeEntries<AsyncStep> entries) {
        this.entries = entries;
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
        pushOrRun(new AsyncStep.Closing(resource));
        return resource;
    }

    /**
     * Has a resource closed with the stack, by a function that may take its time.
     *
     * @param <T> the resource's type
     * @param resource what to close
     * @param closer starts the closing; the stage completes when it is closed
     * @return the resource
     * @throws IllegalStateException if the stack is closed. The closing is started first, and nobody waits for it; its
     *     failure is suppressed in the exception, now or later
     */
    public <T> T enterAsync(T resource, Function<? super T, ? extends CompletionStage<?>> closer) {
        Objects.requireNonNull(resource, "resource");
        pushOrRun(new AsyncStep.ClosingAsync<>(resource, Objects.requireNonNull(closer, "closer")));
        return resource;
    }

    /**
     * Has a handler run when the stack is closed; it is done when it returns.
     *
     * @param handler what to run
     * @throws IllegalStateException if the stack is closed; the handler never runs
     */
    public void callback(ExitHandler handler) {
        entries.pushOrThrow(new AsyncStep.Running(Objects.requireNonNull(handler, "handler")));
    }

    /**
     * Has a handler run that is done when the stage it gives has completed.
     *
     * @param handler what to run; null in the place of a stage is a failure
     * @throws IllegalStateException if the stack is closed; the handler never runs
     */
    public void callbackAsync(Supplier<? extends CompletionStage<?>> handler) {
        entries.pushOrThrow(new AsyncStep.RunningAsync(Objects.requireNonNull(handler, "handler")));
    }

    /**
     * Moves everything to a new stack. This one is empty then and stays as open as it was; closing it does nothing to
     * what has moved. While the stack is being closed, it moves what has not started.
     *
     * @return the new stack
     */
    public AsyncExitStack popAll() {
        return new AsyncExitStack(entries.moveAll());
    }

    /**
     * Runs everything, last in, first out. A second call starts nothing and has the same outcome. The stage must not be
     * waited for by one of the callbacks.
     *
     * @return completes when the last callback has; one of its own for each call, so that cancelling or completing it
     *     changes nothing for the stack or for others
     */
    public CompletableFuture<@Nullable Void> closeAsync() {
        CompletableFuture<@Nullable Void> copy = new CompletableFuture<>();
        if (entries.beginClosing()) {
            unwind();
        }
        CompletionStage<?> unused = outcome.whenComplete(new Copying(copy));
        return copy;
    }

    private void pushOrRun(AsyncStep closing) {
        if (entries.push(closing)) {
            return;
        }
        IllegalStateException refused = ScopeEntries.closed();
        try {
            CompletionStage<?> stage = closing.start();
            if (stage != null) {
                stage.whenComplete(new Suppressing(refused));
            }
        } catch (Throwable thrown) {
            ScopeErrors.firstWins(refused, thrown);
        }
        throw refused;
    }

    /** Runs steps as long as each is done at once; the one that is not goes on from here when it is. */
    private void unwind() {
        for (AsyncStep step = entries.take(); step != null; step = entries.take()) {
            try {
                CompletionStage<?> stage = step.start();
                if (stage != null && goesOnLater(stage)) {
                    return;
                }
            } catch (Throwable thrown) {
                error = ScopeErrors.firstWins(error, thrown);
            }
        }
        Throwable failure = error;
        if (failure == null) {
            outcome.complete(null);
        } else {
            outcome.completeExceptionally(failure);
        }
    }

    /** Has the steps go on when the stage completes; false if it has, or never could tell. */
    private boolean goesOnLater(CompletionStage<?> stage) {
        Continuation continuation = new Continuation();
        try {
            stage.whenComplete(continuation);
        } catch (Throwable thrown) {
            continuation.end(thrown);
        }
        return continuation.goesOnLater();
    }

    private static @Nullable Throwable bare(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }

    /** What happens when a step ends: nothing while the one who started it is still there to go on. */
    private final class Continuation implements BiConsumer<@Nullable Object, @Nullable Throwable> {
        // Both guarded by this.
        private boolean ended;
        private boolean left;

        @Override
        public void accept(@Nullable Object value, @Nullable Throwable failure) {
            if (end(bare(failure))) {
                unwind();
            }
        }

        /** The step has ended; true if it is on the caller to go on. */
        synchronized boolean end(@Nullable Throwable failure) {
            if (ended) {
                return false;
            }
            ended = true;
            if (failure != null) {
                error = ScopeErrors.firstWins(error, failure);
            }
            return left;
        }

        /** The one who started the step leaves if it has not ended yet. */
        synchronized boolean goesOnLater() {
            left = !ended;
            return left;
        }
    }

    /** Hands the outcome on without the wrapper that {@link CompletableFuture#copy} puts around a failure. */
    private static final class Copying implements BiConsumer<@Nullable Void, @Nullable Throwable> {
        private final CompletableFuture<@Nullable Void> copy;

        Copying(CompletableFuture<@Nullable Void> copy) {
            this.copy = copy;
        }

        @Override
        public void accept(@Nullable Void value, @Nullable Throwable failure) {
            if (failure == null) {
                copy.complete(null);
            } else {
                copy.completeExceptionally(failure);
            }
        }
    }

    /** Adds a failure that comes late to an exception that has been thrown. */
    private static final class Suppressing implements BiConsumer<@Nullable Object, @Nullable Throwable> {
        private final IllegalStateException thrown;

        Suppressing(IllegalStateException thrown) {
            this.thrown = thrown;
        }

        @Override
        public void accept(@Nullable Object value, @Nullable Throwable failure) {
            Throwable late = bare(failure);
            if (late != null) {
                ScopeErrors.firstWins(thrown, late);
            }
        }
    }
}
