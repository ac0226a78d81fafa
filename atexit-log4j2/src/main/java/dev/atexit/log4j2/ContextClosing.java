package dev.atexit.log4j2;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LifeCycle;
import org.apache.logging.log4j.core.LifeCycle2;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.selector.ContextSelector;
import org.apache.logging.log4j.spi.LoggerContextShutdownAware;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/**
 * The close of one context, on a thread of its own.
 *
 * <p>The context is not stopped: loggers of a stopped one are silent, and the selector forgets it, so that the next logger
 * that is asked for would read the configuration anew and open, perhaps truncate, the files. It gets another configuration
 * instead, which shows late lines on standard error, and its own one is stopped.
 */
final class ContextClosing {
    private static final long LOOK_MS = 1;

    private final LoggerContext context;
    private final Configuration old;
    private final LogQueues queues;
    private final Bound bound;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    private ContextClosing(LoggerContext context, Bound bound) {
        this.context = context;
        this.old = context.getConfiguration();
        this.queues = new LogQueues(context, old);
        this.bound = bound;
        this.thread = Threads.start("close", this::close);
    }

    /** Whether a context has something to close. */
    static boolean isOpen(LoggerContext context) {
        LifeCycle.State state = context.getState();
        return (state == LifeCycle.State.STARTED || state == LifeCycle.State.STARTING)
                && !(context.getConfiguration() instanceof LateConfiguration);
    }

    static ContextClosing begin(LoggerContext context, Bound bound) {
        return new ContextClosing(context, bound);
    }

    String name() {
        return context.getName();
    }

    /** Throws if the context is not closed though no line was given up. */
    void failUnlessClosed() throws TimeoutException {
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("the logger context '" + name() + "' could not be closed", thrown);
        }
        if (!closed) {
            throw new TimeoutException("the logger context '" + name() + "' could not be closed in time");
        }
    }

    private void close() {
        try {
            // An async logger looks for its appenders when its line leaves the ring: that must be empty first.
            if (!awaitEmptyRing()) {
                return;
            }
            LateConfiguration late = new LateConfiguration(context, old);
            late.start();
            context.updateLoggers(late);
            if (!awaitEmptyQueues()) {
                return;
            }
            stopAsyncAppenders();
            stop(old, bound.appendersLeft());
            context.setConfiguration(late);
            tellListeners();
            closed = true;
        } catch (InterruptedException asked) {
            // Nobody interrupts this thread but an appender; what is left is given up.
            Thread.currentThread().interrupt();
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    private boolean awaitEmptyRing() throws InterruptedException {
        while (queues.linesInRing() > 0) {
            if (bound.queuesLeft() == 0) {
                return false;
            }
            Thread.sleep(LOOK_MS);
        }
        return true;
    }

    private boolean awaitEmptyQueues() throws InterruptedException {
        while (queues.linesBehindLoggers() > 0) {
            if (bound.queuesLeft() == 0) {
                return false;
            }
            Thread.sleep(LOOK_MS);
        }
        return true;
    }

    /** Log4j stops them in any order, so that an outer one may hand its last line to an inner one that has stopped. */
    private void stopAsyncAppenders() {
        for (AsyncAppender appender : queues.outerToInner()) {
            stop(appender, bound.appendersLeft());
        }
    }

    private static void stop(LifeCycle part, long nanos) {
        if (part instanceof LifeCycle2 bounded) {
            bounded.stop(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)), TimeUnit.MILLISECONDS);
        } else {
            part.stop();
        }
    }

    private void tellListeners() {
        List<LoggerContextShutdownAware> listeners = context.getListeners();
        if (listeners == null) {
            return;
        }
        for (LoggerContextShutdownAware listener : listeners) {
            if (!(listener instanceof ContextSelector)) {
                try {
                    listener.contextShutdown(context);
                } catch (RuntimeException thrown) {
                    StatusLogger.getLogger().error("{} failed when told of the end", listener, thrown);
                }
            }
        }
    }

    /** Waits for the close, as long as appenders may take. */
    void await() throws InterruptedException {
        Threads.join(thread, bound.appendersLeft());
    }

    /**
     * Gives up what is not done by now, and begins to stop each appender, for those that do not hang.
     *
     * @param stopping is given the threads that stop them
     * @return how many lines were given up
     */
    long giveUp(List<Thread> stopping) {
        if (closed) {
            return 0;
        }
        // Before appenders are stopped: lines that meet a stopped one are lost too.
        long lost = queues.linesGivenUp();
        for (Appender appender : old.getAppenders().values()) {
            if (!(appender instanceof AsyncAppender) && appender.isStarted()) {
                stopping.add(Threads.start("stop", () -> stop(appender, bound.restLeft())));
            }
        }
        return lost;
    }
}
