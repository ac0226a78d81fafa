package dev.atexit.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import dev.atexit.AtExit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands before an asynchronous appender while the program ends. The appender itself would throw lines away when its queue is
 * nearly full, or, told not to, would hold whoever logs for as long as the queue does not move, which may be for ever. Here one
 * waits for room, but not for ever, and counts.
 */
final class ExitGate extends Filter<ILoggingEvent> {
    /** How long for a queue that does not move at all, where the exit has no deadline. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** For how long the appender waits for its queue when somebody else stops it. */
    private static final int FLUSH_MILLIS = 10_000;

    /** So many threads may see the same room at once, and all find it. */
    private static final int MOST_AT_ONCE = 64;

    private static final long POLL_NANOS = 500_000;

    private final AsyncAppenderBase<ILoggingEvent> appender;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final Arrivals arrivals = new Arrivals();
    private boolean countsArrivals;

    /** Nobody has seen room since somebody waited in vain: then nobody waits. */
    private volatile boolean stuck;

    private ExitGate(AsyncAppenderBase<ILoggingEvent> appender) {
        this.appender = appender;
    }

    /** Puts a gate before an appender that has been started, and has it throw nothing away from now on. */
    static ExitGate before(AsyncAppenderBase<ILoggingEvent> appender) {
        ExitGate gate = new ExitGate(appender);
        gate.countArrivals();
        gate.start();
        gate.passed.set(appender.getNumberOfElementsInQueue());
        gate.standFirst();
        appender.setDiscardingThreshold(0);
        // Several that have seen the same room must not be held by the queue: here one waits, there nobody does.
        appender.setNeverBlock(true);
        if (appender.getMaxFlushTime() > 0 && appender.getMaxFlushTime() < FLUSH_MILLIS) {
            appender.setMaxFlushTime(FLUSH_MILLIS);
        }
        return gate;
    }

    /** A filter that accepts ends the chain: behind one, nobody would be asked to wait. */
    private void standFirst() {
        List<Filter<ILoggingEvent>> own = appender.getCopyOfAttachedFiltersList();
        // What they deny has passed here and never arrives.
        countsArrivals &= own.isEmpty();
        appender.clearAllFilters();
        appender.addFilter(this);
        own.forEach(appender::addFilter);
    }

    private boolean hasRoom() {
        return appender.getRemainingCapacity() > Math.min(MOST_AT_ONCE, appender.getQueueSize() - 1);
    }

    /** A filter of the child's own might keep lines from being counted; then nothing is. */
    private void countArrivals() {
        for (Appender<ILoggingEvent> child : Appenders.childrenOf(appender)) {
            if (child.getCopyOfAttachedFiltersList().isEmpty()) {
                child.addFilter(arrivals);
                countsArrivals = true;
            }
        }
    }

    AsyncAppenderBase<ILoggingEvent> appender() {
        return appender;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (!hasRoom() && !awaitRoom()) {
            refused.incrementAndGet();
            return FilterReply.DENY;
        }
        stuck = false;
        passed.incrementAndGet();
        return FilterReply.NEUTRAL;
    }

    /** An interrupt is not for the line that is being logged: it stays. */
    private boolean awaitRoom() {
        long began = System.nanoTime();
        long patience = stuck ? 0 : patienceNanos();
        boolean interrupted = false;
        boolean room = hasRoom();
        while (!room && !stuck && System.nanoTime() - began < patience) {
            interrupted |= Thread.interrupted();
            LockSupport.parkNanos(this, POLL_NANOS);
            room = hasRoom();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        stuck = !room;
        return room;
    }

    private static long patienceNanos() {
        Optional<Duration> left = AtExit.timeLeft();
        return left.isPresent() ? left.get().toNanos() / 5 * 2 : PATIENCE.toNanos();
    }

    /**
     * How many lines are lost if nothing moves any more.
     *
     * @param hangs whether the queue could not be written in time
     */
    long lost(boolean hangs) {
        long queued = appender.getNumberOfElementsInQueue();
        if (hangs && countsArrivals) {
            // The one that arrived last is the one that the appender hangs in; the worker took others out with it.
            queued = Math.max(queued, passed.get() - Math.max(0, arrivals.count() - 1));
        }
        return refused.get() + queued;
    }
}
