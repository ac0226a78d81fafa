package dev.atexit.benchmarks.process;

import dev.atexit.AtExit;
import dev.atexit.ExitHandler;

/** Handlers that are instances of one named class. */
public final class AtExitMain implements ExitHandler {
    private AtExitMain() {}

    @Override
    public void run() {}

    /** Registers, then ends. */
    public static void main(String[] args) throws InterruptedException {
        int handlers = Ending.handlers(args);
        for (int i = 0; i < handlers; i++) {
            AtExit.register(new AtExitMain());
        }
        Ending.await(args);
    }
}
