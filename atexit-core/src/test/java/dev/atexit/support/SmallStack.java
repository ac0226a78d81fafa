package dev.atexit.support;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** A thread with so little stack that recursion shows. */
public final class SmallStack {
    private static final long BYTES = 256 * 1024;

    private SmallStack() {}

    /** Runs this on such a thread, waits, and throws what it throws. */
    public static void run(Runnable work) throws Exception {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        work.run();
                        done.complete(true);
                    } catch (Throwable thrown) {
                        done.completeExceptionally(thrown);
                    }
                },
                "small stack",
                BYTES);
        thread.start();
        try {
            done.get(2, TimeUnit.MINUTES);
        } catch (ExecutionException thrown) {
            throw new AssertionError("on a small stack", thrown.getCause());
        }
    }
}
