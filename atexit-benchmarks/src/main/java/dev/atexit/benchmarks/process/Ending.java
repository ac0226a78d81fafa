package dev.atexit.benchmarks.process;

/** How a timed program goes on when its handlers are registered. */
final class Ending {
    private Ending() {}

    /** How many handlers the program is to register: its first argument. */
    static int handlers(String[] args) {
        return Integer.parseInt(args[0]);
    }

    /** Returns at once or, with a second argument, says that it is ready and waits for a signal. */
    static void await(String[] args) throws InterruptedException {
        if (args.length > 1) {
            System.out.println("ready");
            System.out.flush();
            Thread.currentThread().join();
        }
    }
}
