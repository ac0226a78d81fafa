package dev.atexit;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One entry of an {@link AsyncExitStack}. */
interface AsyncStep {
    /** Starts the work. Null if it is done, else what completes when it is. */
    @Nullable
    CompletionStage<?> start() throws Exception;

    /** Closes a resource at once. */
    final class Closing implements AsyncStep {
        private final AutoCloseable resource;

        Closing(AutoCloseable resource) {
            this.resource = resource;
        }

        @Override
        public @Nullable CompletionStage<?> start() throws Exception {
            resource.close();
            return null;
        }
    }

    /** Starts closing a resource. */
    final class ClosingAsync<T> implements AsyncStep {
        private final T resource;
        private final Function<? super T, ? extends CompletionStage<?>> closer;

        ClosingAsync(T resource, Function<? super T, ? extends CompletionStage<?>> closer) {
            this.resource = resource;
            this.closer = closer;
        }

        @Override
        public CompletionStage<?> start() {
            return Objects.requireNonNull(closer.apply(resource), "closer gave null in the place of a stage");
        }
    }

    /** Runs a handler. */
    final class Running implements AsyncStep {
        private final ExitHandler handler;

        Running(ExitHandler handler) {
            this.handler = handler;
        }

        @Override
        public @Nullable CompletionStage<?> start() throws Exception {
            handler.run();
            return null;
        }
    }

    /** Starts a handler. */
    final class RunningAsync implements AsyncStep {
        private final Supplier<? extends CompletionStage<?>> handler;

        RunningAsync(Supplier<? extends CompletionStage<?>> handler) {
            this.handler = handler;
        }

        @Override
        public CompletionStage<?> start() {
            return Objects.requireNonNull(handler.get(), "handler gave null in the place of a stage");
        }
    }
}
