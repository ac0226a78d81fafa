package dev.atexit.testkit;

import dev.atexit.internal.exit.Clock;
import dev.atexit.internal.exit.SystemThread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time of one test: timeouts and deadlines pass without anybody waiting for them. A parameter of a test method under
 * {@link AtExitExtension}.
 *
 * <pre>{@code
 * AtExit.register("slow", () -> clock.sleep(Duration.ofHours(1)), Duration.ofSeconds(5));
 * assertThat(control.exit().entries().get(0).outcome()).isEqualTo(Outcome.TIMED_OUT);
 * }</pre>
 *
 * <p><b>Time.</b> It stands still while anything runs. When every handler that runs is in {@link #sleep}, it jumps to
 * where the first of them wakes or a bound is reached. After {@link #stand} it moves only by {@link #advance}.
 *
 * <p><b>Threading.</b> Any thread may call any method. <b>Not guaranteed.</b> A handler that waits in another way than by
 * this clock, such as for a latch, is taken to be running: {@code advance} ends the wait for it.
 */
public final class FakeClock {
    /** For so long, in real time, a wait goes unnoticed that somebody has moved the clock. */
    private static final long LOOK_MS = 5;

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** Longer sleeps last for ever. */
    private static final Duration MAX = Duration.ofDays(36_500);

    private final Clock engines = new Engines();
    private final Object lock = new Object();

    // All guarded by lock.
    private final List<Sleeper> sleepers = new ArrayList<>();
    private long nanos;
    private boolean stands;

    FakeClock() {}

    Clock engines() {
        return engines;
    }

    /**
     * What time it is.
     *
     * @return the time by this clock; its first day is 1 January 2026
     */
    public Instant now() {
        return BEGIN.plus(elapsed());
    }

    /**
     * How far the clock has moved.
     *
     * @return the time since the test began
     */
    public Duration elapsed() {
        synchronized (lock) {
            return Duration.ofNanos(nanos);
        }
    }

    /**
     * Moves the clock. Who sleeps until then wakes.
     *
     * @param time not negative
     */
    public void advance(Duration time) {
        long step = checked("time", time);
        synchronized (lock) {
            nanos += step;
            lock.notifyAll();
        }
    }

    /** From now on the clock moves only by {@link #advance}. */
    public void stand() {
        synchronized (lock) {
            stands = true;
        }
    }

    /**
     * Sleeps by this clock, as a handler would that is slow. On a thread that nobody watches, such as one that calls {@code
     * AtExit.runExitHandlers()}, the clock jumps at once.
     *
     * @param time not negative; more than a hundred years are for ever
     * @throws InterruptedException as {@link Thread#sleep}
     */
    public void sleep(Duration time) throws InterruptedException {
        long step = checked("time", time);
        synchronized (lock) {
            if (!stands && !(Thread.currentThread() instanceof SystemThread)) {
                nanos += step;
                lock.notifyAll();
                return;
            }
            Sleeper me = new Sleeper(Thread.currentThread(), nanos + step);
            sleepers.add(me);
            lock.notifyAll();
            try {
                while (nanos < me.wakeNanos) {
                    lock.wait();
                }
            } finally {
                sleepers.remove(me);
            }
        }
    }

    /**
     * Hangs for ever, as a handler would that waits for what never comes.
     *
     * @throws InterruptedException when interrupted, as by a timeout
     */
    public void hang() throws InterruptedException {
        sleep(MAX);
    }

    /**
     * Waits, in real time, until so many threads are in {@link #sleep}.
     *
     * @param count how many, at least
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws IllegalStateException if they are not within a minute
     */
    public void awaitSleepers(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        synchronized (lock) {
            while (sleepers.size() < count) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new IllegalStateException("only " + sleepers.size() + " threads sleep, not " + count);
                }
                TimeUnit.NANOSECONDS.timedWait(lock, left);
            }
        }
    }

    private static long checked(String parameter, Duration time) {
        Objects.requireNonNull(time, parameter);
        if (time.isNegative()) {
            throw new IllegalArgumentException(parameter + " must not be negative, but is " + time);
        }
        return time.compareTo(MAX) > 0 ? MAX.toNanos() : time.toNanos();
    }

    /** Moves the clock if all of them sleep; false if somebody has something to do. */
    private boolean jump(List<Thread> busy, long atMostNanos) {
        synchronized (lock) {
            if (stands || busy.isEmpty()) {
                return false;
            }
            long until = nanos + atMostNanos;
            for (Thread thread : busy) {
                Sleeper asleep = asleep(thread);
                if (asleep == null) {
                    return false;
                }
                until = Math.min(until, asleep.wakeNanos);
            }
            nanos = until;
            lock.notifyAll();
            return true;
        }
    }

    /** A thread that has been woken, and only has not got up yet, does not sleep. */
    private @Nullable Sleeper asleep(Thread thread) {
        for (Sleeper sleeper : sleepers) {
            if (sleeper.thread == thread) {
                return sleeper.wakeNanos > nanos && !thread.isInterrupted() ? sleeper : null;
            }
        }
        return null;
    }

    private static final class Sleeper {
        final Thread thread;
        final long wakeNanos;

        Sleeper(Thread thread, long wakeNanos) {
            this.thread = thread;
            this.wakeNanos = wakeNanos;
        }
    }

    private final class Engines extends Clock {
        @Override
        public long nanos() {
            return elapsed().toNanos();
        }

        @Override
        public long millis() {
            return now().toEpochMilli();
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // whoever calls it looks again
        public void await(Object monitor, long nanos, List<Thread> busy) throws InterruptedException {
            if (!jump(busy, nanos)) {
                monitor.wait(LOOK_MS);
            }
        }
    }
}
