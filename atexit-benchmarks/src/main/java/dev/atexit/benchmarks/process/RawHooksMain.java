package dev.atexit.benchmarks.process;

/** One hook of {@code Runtime} for each handler. */
public final class RawHooksMain extends Thread {
    private RawHooksMain() {}

    @Override
    public void run() {}

    /** Registers, then ends. */
    public static void main(String[] args) throws InterruptedException {
        int handlers = Ending.handlers(args);
        for (int i = 0; i < handlers; i++) {
            Runtime.getRuntime().addShutdownHook(new RawHooksMain());
        }
        Ending.await(args);
    }
}
