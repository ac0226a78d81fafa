package dev.atexit.benchmarks.process;

/** The floor: nothing is registered. */
public final class EmptyMain {
    private EmptyMain() {}

    /** Ends at once, or waits for a signal. */
    public static void main(String[] args) throws InterruptedException {
        Ending.await(args);
    }
}
