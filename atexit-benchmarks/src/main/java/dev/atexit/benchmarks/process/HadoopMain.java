package dev.atexit.benchmarks.process;

import org.apache.hadoop.util.ShutdownHookManager;

/** Hadoop's {@code ShutdownHookManager}. */
public final class HadoopMain implements Runnable {
    private HadoopMain() {}

    @Override
    public void run() {}

    /** Registers, then ends. */
    public static void main(String[] args) throws InterruptedException {
        int handlers = Ending.handlers(args);
        for (int i = 0; i < handlers; i++) {
            ShutdownHookManager.get().addShutdownHook(new HadoopMain(), i);
        }
        Ending.await(args);
    }
}
