package dev.atexit.internal.exit;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Hands notices to an observer so that an observer that throws or hangs cannot hurt the exit.
 *
 * <p>During an exit the observer runs on one thread of its own, started with the first notice. Whoever delivers waits for
 * the notice to be taken, so that what is printed stands in order; but not for long, and never again once the observer
 * has been too slow. It is told the rest all the same, and at the end there is one more wait for what it has not taken. In
 * a run that somebody asked for, the observer runs on the thread that delivers.
 */
final class Notifier {
    private static final long PATIENCE_NANOS = 250_000_000;

    /** More than a slow observer is told before the end. */
    private static final int MAX_QUEUED = 10_000;

    private final @Nullable Clock clock;
    private final ExitObserver observer;
    private final Object lock = new Object();

    /** Held while the observer runs: workers of a parallel source may have something to say at the same time. */
    private final Object turn = new Object();

    // Guarded by lock.
    private final ArrayDeque<Notice> queue = new ArrayDeque<>(2);
    private boolean direct;
    private boolean tooSlow;
    private long sent;
    private long taken;
    private @Nullable SystemThread thread;

    /**
     * Creates a notifier.
     *
     * @param clock null for the JVM's own
     * @param observer who is told; null for standard error
     * @param direct whether the observer runs on the thread that delivers
     */
    Notifier(@Nullable Clock clock, @Nullable ExitObserver observer, boolean direct) {
        this.clock = clock;
        this.observer = observer == null ? new StderrObserver() : observer;
        this.direct = direct;
    }

    void deliver(Notice notice) {
        if (!handOver(notice)) {
            call(notice);
        }
    }

    /** Gives the notice to the observer's thread; false if there is none and the caller must do it. */
    private boolean handOver(Notice notice) {
        synchronized (lock) {
            if (direct) {
                return false;
            }
            SystemThread told = thread;
            if (told == null) {
                told = new SystemThread("atexit-listener", new Deliverer(this));
                if (!Clock.start(clock, told)) {
                    direct = true;
                    return false;
                }
                thread = told;
            }
            if (queue.size() == MAX_QUEUED) {
                return true;
            }
            queue.add(notice);
            long ticket = ++sent;
            lock.notifyAll();
            if (!tooSlow) {
                tooSlow = !awaitTaken(ticket, PATIENCE_NANOS, told);
            }
        }
        return true;
    }

    /** At the end: waits, bounded, until the observer has taken everything. */
    void drain(long nanos) {
        synchronized (lock) {
            SystemThread told = thread;
            if (told != null) {
                tooSlow = !awaitTaken(sent, nanos, told);
            }
        }
    }

    /** Waits, with the lock held, until so many notices are taken; false if that takes too long. */
    private boolean awaitTaken(long ticket, long nanos, SystemThread told) {
        boolean interrupted = false;
        long end = Clock.nanos(clock) + nanos;
        long left = nanos;
        while (taken < ticket && left > 0) {
            try {
                Clock.await(clock, lock, left, told);
            } catch (InterruptedException later) {
                interrupted = true;
            }
            left = end - Clock.nanos(clock);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return taken >= ticket;
    }

    /** Lets the observer's thread end, for an exit after which the JVM lives on. */
    void end() {
        synchronized (lock) {
            direct = true;
            lock.notifyAll();
        }
    }

    private void call(Notice notice) {
        synchronized (turn) {
            try {
                observer.on(notice);
            } catch (Throwable broken) {
                StderrObserver.print("exit listener failed: " + Text.describe(broken));
            }
        }
    }

    private void deliverAll() throws InterruptedException {
        for (; ; ) {
            Notice notice;
            synchronized (lock) {
                while (queue.isEmpty()) {
                    if (direct) {
                        return;
                    }
                    // A daemon thread of an ending JVM: it waits for as long as there may be something to say.
                    lock.wait();
                }
                notice = queue.remove();
            }
            call(notice);
            synchronized (lock) {
                taken++;
                lock.notifyAll();
            }
            if (notice.kind == Notice.Kind.ENDED) {
                return;
            }
        }
    }

    private static final class Deliverer implements Runnable {
        private final Notifier notifier;

        Deliverer(Notifier notifier) {
            this.notifier = notifier;
        }

        @Override
        public void run() {
            try {
                notifier.deliverAll();
            } catch (InterruptedException asked) {
                // A listener may interrupt its own thread; then it has heard enough.
                StderrObserver.print("exit listener interrupted its thread: it is told nothing more");
            }
        }
    }
}
