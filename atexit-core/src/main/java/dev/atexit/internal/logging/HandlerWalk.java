package dev.atexit.internal.logging;

import dev.atexit.internal.exit.SystemThread;
import dev.atexit.internal.exit.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One way over the handlers of all loggers, within a bound: a handler can be told none, and some hang. A thread of its own
 * goes from one to the next; when it has not come on for a while, another thread goes on with those that follow.
 *
 * <p>The bound is for all handlers together. Each thread that hangs has cost a quarter of it, so the fourth is the last.
 */
final class HandlerWalk implements Runnable {
    private static final int MAX_WALKERS = 4;

    private final List<HandlerStep> steps;
    private final boolean closes;

    // All guarded by this.
    private final List<Walker> walkers = new ArrayList<>(1);
    private int taken;
    private int ended;
    private boolean cut;
    private @Nullable IllegalStateException failure;

    /** A thread that hangs is one in whose step it is. */
    private static final class Walker {
        final Thread thread;

        @Nullable
        HandlerStep step;

        Walker(Thread thread) {
            this.thread = thread;
        }
    }

    private HandlerWalk(List<HandlerStep> steps, boolean closes) {
        this.steps = steps;
        this.closes = closes;
    }

    /** Prepares the way over the handlers that there are, but for those of the library. */
    static HandlerWalk overAll(boolean closes) {
        List<HandlerStep> steps = new ArrayList<>();
        Set<Handler> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        LogManager manager = LogManager.getLogManager();
        Enumeration<String> names = manager.getLoggerNames();
        while (names.hasMoreElements()) {
            Logger logger = manager.getLogger(names.nextElement());
            if (logger != null) {
                for (Handler handler : logger.getHandlers()) {
                    if (!Sentinel.isSentinel(handler) && !(handler instanceof LateLines)) {
                        steps.add(new HandlerStep(logger, handler, seen.add(handler), closes));
                    }
                }
            }
        }
        return new HandlerWalk(steps, closes);
    }

    /**
     * Goes the way.
     *
     * @throws IllegalStateException if handlers threw; all were met nevertheless
     * @throws TimeoutException if handlers hang, or the caller is interrupted; its stack trace is that of one who hangs
     */
    synchronized void go(long boundNanos) throws TimeoutException {
        if (steps.isEmpty()) {
            return;
        }
        if (!startWalker()) {
            // The machine has no thread left to give.
            run();
        } else {
            await(boundNanos);
        }
        if (ended < steps.size()) {
            throw giveUp(boundNanos);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private boolean startWalker() {
        return SystemThread.startIfPossible("atexit-logging", this);
    }

    private void await(long boundNanos) {
        long now = System.nanoTime();
        long end = now + boundNanos;
        long patience = boundNanos / MAX_WALKERS;
        long look = now + patience;
        int seen = ended;
        int started = 1;
        try {
            while (ended < steps.size() && now - end < 0) {
                TimeUnit.NANOSECONDS.timedWait(this, Math.max(1_000_000, Math.min(end, look) - now));
                now = System.nanoTime();
                if (ended != seen) {
                    seen = ended;
                    look = now + patience;
                } else if (now - look >= 0) {
                    look = now + patience;
                    if (taken < steps.size() && started < MAX_WALKERS && startWalker()) {
                        started++;
                    }
                }
            }
        } catch (InterruptedException outOfTime) {
            Thread.currentThread().interrupt();
        }
    }

    /** Leaves what hangs behind, and what was not reached, where the hook of java.util.logging does not meet it. */
    private TimeoutException giveUp(long boundNanos) {
        cut = true;
        StringBuilder text = new StringBuilder();
        text.append(steps.size() - ended).append(" of ").append(steps.size());
        text.append(steps.size() == 1 ? " log handler" : " log handlers").append(" could not be ");
        text.append(closes ? "closed" : "flushed").append(" within ").append(Text.duration(boundNanos));
        StackTraceElement[] stack = {};
        for (Walker walker : walkers) {
            if (walker.step != null) {
                text.append(stack.length == 0 ? ": " : ", ").append(walker.step).append(" hangs");
                stack = stack.length == 0 ? walker.thread.getStackTrace() : stack;
            }
        }
        for (int i = taken; closes && i < steps.size(); i++) {
            steps.get(i).takeOff();
        }
        TimeoutException timeout = new TimeoutException(text.toString());
        timeout.setStackTrace(stack);
        return timeout;
    }

    /** What each of the threads does. */
    @Override
    public void run() {
        Walker me = new Walker(Thread.currentThread());
        for (HandlerStep step = next(me); step != null; step = next(me)) {
            try {
                step.perform();
            } catch (Throwable thrown) {
                remember(step, thrown);
            }
        }
    }

    private synchronized @Nullable HandlerStep next(Walker me) {
        if (me.step == null) {
            walkers.add(me);
        } else {
            ended++;
        }
        me.step = taken < steps.size() && !cut ? steps.get(taken++) : null;
        notifyAll();
        return me.step;
    }

    private synchronized void remember(HandlerStep step, Throwable thrown) {
        String what = step + " could not be " + (closes ? "closed" : "flushed");
        IllegalStateException wrapped = new IllegalStateException(what, thrown);
        if (failure == null) {
            failure = wrapped;
        } else {
            failure.addSuppressed(wrapped);
        }
    }
}
