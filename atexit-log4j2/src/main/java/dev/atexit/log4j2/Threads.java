package dev.atexit.log4j2;

import java.util.concurrent.TimeUnit;

/** Threads for work that may hang: they keep no JVM alive. */
final class Threads {
    private Threads() {}

    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(null, work, "atexit-log4j2-" + name, 0, false);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for the end of a thread; returns whether it has ended. */
    static boolean join(Thread thread, long nanos) throws InterruptedException {
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
        }
        return !thread.isAlive();
    }
}
