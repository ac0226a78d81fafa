package dev.atexit.logback;

import ch.qos.logback.core.spi.LifeCycle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Stops several things at the same time, each on a thread of its own: one that hangs must not hold up the others. */
final class Stops {
    private final long endNanos;
    private final List<Thread> threads = new ArrayList<>();

    // Guarded by this.
    private final List<String> unfinished = new ArrayList<>();
    private @Nullable IllegalStateException failure;

    /** Nothing is waited for beyond this time. */
    Stops(long endNanos) {
        this.endNanos = endNanos;
    }

    void start(String what, LifeCycle stopped) {
        synchronized (this) {
            unfinished.add(what);
        }
        Stop stop = new Stop(what, stopped);
        try {
            stop.start();
            threads.add(stop);
        } catch (OutOfMemoryError noThread) {
            // Better without a bound than not at all.
            stop.now();
        }
    }

    private synchronized void ended(String what, @Nullable Throwable thrown) {
        unfinished.remove(what);
        if (thrown != null) {
            IllegalStateException wrapped = new IllegalStateException(what + " could not be stopped", thrown);
            if (failure == null) {
                failure = wrapped;
            } else {
                failure.addSuppressed(wrapped);
            }
        }
    }

    /** Waits until all is stopped, or the time is over. */
    void await() throws InterruptedException {
        for (Thread thread : threads) {
            // Rounded up: a wait of 0 would be one without an end.
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime())));
        }
        threads.clear();
    }

    /** What was begun and has not ended. */
    synchronized List<String> unfinished() {
        return new ArrayList<>(unfinished);
    }

    /** What was thrown, or null. */
    synchronized @Nullable IllegalStateException failure() {
        return failure;
    }

    // Not a lambda: the first one of a program costs more than all the rest of the close.
    private final class Stop extends Thread {
        private final String what;
        private final LifeCycle stopped;

        Stop(String what, LifeCycle stopped) {
            super(null, null, "atexit-logback", 0, false);
            setDaemon(true);
            this.what = what;
            this.stopped = stopped;
        }

        @Override
        public void run() {
            now();
        }

        void now() {
            Throwable thrown = null;
            try {
                stopped.stop();
            } catch (Throwable failed) {
                thrown = failed;
            }
            ended(what, thrown);
        }
    }
}
