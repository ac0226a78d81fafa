package dev.atexit.process;

import dev.atexit.AsyncExitStack;
import dev.atexit.ExitHandler;
import dev.atexit.ExitStack;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Closes stacks whose callbacks all fail, with memory to spare and then with none, and prints how many ran. */
final class FullMemoryProgram {
    private static final int CALLBACKS = 10;

    private static @Nullable Object @Nullable [] chain;
    private static int ran;

    /** So that a callback that has run makes no room. */
    private static final Failing[] FAILING = new Failing[CALLBACKS];

    private FullMemoryProgram() {}

    public static void main(String[] args) {
        // The first time loads what is needed.
        closeStack(false);
        closeAsyncStack(false);
        closeStack(true);
        closeAsyncStack(true);
    }

    private static void closeStack(boolean full) {
        ExitStack stack = new ExitStack();
        for (int i = 0; i < CALLBACKS; i++) {
            stack.callback(FAILING[i] = new Failing());
        }
        begin(full);
        try {
            stack.close();
        } catch (Throwable expected) {
            // How many ran is what counts.
        }
        chain = null;
        System.out.println("stack " + ran);
    }

    private static void closeAsyncStack(boolean full) {
        AsyncExitStack stack = new AsyncExitStack();
        CompletableFuture<Object> slow = new CompletableFuture<>();
        for (int i = 0; i < CALLBACKS; i++) {
            stack.callback(FAILING[i] = new Failing());
        }
        stack.callbackAsync(new Slow(slow));
        stack.closeAsync();
        begin(full);
        try {
            slow.complete("");
        } catch (OutOfMemoryError expected) {
            // There is no room to hand a failure on either; how many ran is what counts.
        }
        chain = null;
        System.out.println("async " + ran);
    }

    private static void begin(boolean full) {
        ran = 0;
        for (int size = full ? 1 << 20 : 0; size > 0; ) {
            try {
                Object[] more = new Object[size];
                more[0] = chain;
                chain = more;
            } catch (OutOfMemoryError now) {
                size /= 2;
            }
        }
    }

    private static final class Failing implements ExitHandler {
        private final Exception error = new Exception("x");

        @Override
        public void run() throws Exception {
            ran++;
            throw error;
        }
    }

    private static final class Slow implements Supplier<CompletionStage<?>> {
        private final CompletableFuture<Object> stage;

        Slow(CompletableFuture<Object> stage) {
            this.stage = stage;
        }

        @Override
        public CompletionStage<?> get() {
            return stage;
        }
    }
}
