package dev.atexit.process;

import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;

/** The ways in which a program ends, with the status that the parent sees. */
public enum Ending {
    END_OF_MAIN(0, null),
    UNCAUGHT(1, null),
    EXIT(3, null),
    EXIT_IN_THREAD(3, null),
    EXIT_IN_VIRTUAL_THREAD(3, null),
    HALT(4, null),
    TERM(143, "TERM"),
    INT(130, "INT"),
    HUP(129, "HUP"),
    KILL(137, "KILL");

    /** What the child prints when all is set up and it is about to end, or waits for its signal. */
    public static final String LINE = "ending";

    public final int status;

    /** The signal that the parent sends, or null. */
    public final String signal;

    Ending(int status, String signal) {
        this.status = status;
        this.signal = signal;
    }

    /** Whether handlers have a chance to run. */
    boolean runsHandlers() {
        return this != HALT && this != KILL;
    }

    boolean isPossible() {
        return this != EXIT_IN_VIRTUAL_THREAD || Runtime.version().feature() >= 21;
    }

    /** In the child: ends the program. Returns for the end of main. */
    public void perform() throws Exception {
        System.out.println(LINE);
        System.out.flush();
        switch (this) {
            case END_OF_MAIN -> {}
            case UNCAUGHT -> throw new IllegalStateException("nobody catches this");
            case EXIT -> System.exit(status);
            case EXIT_IN_THREAD -> new Thread(() -> System.exit(status), "exits").start();
            case EXIT_IN_VIRTUAL_THREAD -> exitInVirtualThread();
            case HALT -> Runtime.getRuntime().halt(status);
            default -> new CountDownLatch(1).await();
        }
    }

    private void exitInVirtualThread() throws Exception {
        // By reflection: the tests are compiled for 17.
        Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
        Runnable exit = () -> System.exit(status);
        start.invoke(null, exit);
        // A virtual thread does not keep a program alive.
        new CountDownLatch(1).await();
    }
}
