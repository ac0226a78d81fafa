package dev.atexit.benchmarks.process;

import dev.atexit.AtExit;

/** Handlers that are lambdas: what a program's first lambda costs comes on top. */
public final class AtExitLambdaMain {
    private AtExitLambdaMain() {}

    /** Registers, then ends. */
    public static void main(String[] args) throws InterruptedException {
        int handlers = Ending.handlers(args);
        for (int i = 0; i < handlers; i++) {
            AtExit.register(() -> {});
        }
        Ending.await(args);
    }
}
