package dev.atexit.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Closes all contexts. Loaded only where there is a Logback that can be closed. */
final class Closer {
    private static final long POLL_MILLIS = 1;

    /** So much of the time is kept for stopping appenders, even when a queue takes all of it. */
    private static final long STOP_NANOS = 1_000_000_000;

    private final Gates gates = new Gates();

    private final Map<LoggerContext, LateLines> lateLines = Collections.synchronizedMap(new IdentityHashMap<>());
    private volatile @Nullable String runningHook;

    void prepare() {
        Contexts.start();
        LogbackContexts.areClosedByUs();
        for (LoggerContext context : Contexts.all()) {
            OwnHook.takeOut(context);
        }
    }

    /** Nothing is thrown away any more, and nothing is configured anew. */
    void beginExit() {
        Set<LoggerContext> contexts = Contexts.all();
        for (LoggerContext context : contexts) {
            if (!lateLines.containsKey(context) && context.isStarted()) {
                lateLines.put(context, LateLines.of(context));
            }
            if (OwnHook.isRunning(context)) {
                runningHook = context.getName();
            }
            for (Future<?> reconfiguration : context.getCopyOfScheduledFutures()) {
                reconfiguration.cancel(false);
            }
        }
        gates.put(Appenders.of(contexts));
    }

    /** Returns how many lines are lost. */
    long close(long boundNanos) {
        long began = System.nanoTime();
        long end = began + boundNanos;
        // Once more, for contexts and appenders that came while the handlers ran.
        beginExit();
        Set<LoggerContext> contexts = Contexts.all();
        Stops stops = new Stops(end);
        Set<ExitGate> hanging = new HashSet<>(gates.all());
        try {
            drain(hanging, end - Math.min(STOP_NANOS, boundNanos / 4));
            stop(contexts, hanging, stops, end);
        } catch (InterruptedException cut) {
            Thread.currentThread().interrupt();
        }
        long lost = 0;
        for (ExitGate gate : gates.all()) {
            lost += gate.lost(hanging.contains(gate));
        }
        complain(stops, lost);
        return lost;
    }

    /** Waits until the queues are written, those of outer appenders before the ones that they hand lines to. */
    private void drain(Set<ExitGate> hanging, long end) throws InterruptedException {
        if (hanging.isEmpty()) {
            return;
        }
        Workers workers = new Workers();
        for (ExitGate gate : gates.all()) {
            boolean idle = workers.areIdle(gate.appender());
            while (!idle && System.nanoTime() - end < 0) {
                Thread.sleep(POLL_MILLIS);
                idle = workers.areIdle(gate.appender());
            }
            if (idle) {
                hanging.remove(gate);
            }
        }
    }

    private void stop(Set<LoggerContext> contexts, Set<ExitGate> hanging, Stops stops, long end)
            throws InterruptedException {
        long left = Math.max(2, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()));
        for (ExitGate gate : gates.all()) {
            // A worker that hangs is not waited for as long as the others: the rest still has to be stopped.
            gate.appender().setMaxFlushTime((int) (hanging.contains(gate) ? left / 2 : left));
        }
        for (Appender<ILoggingEvent> appender : takeOff(contexts)) {
            stops.start("appender '" + appender.getName() + "'", appender);
        }
        stops.await();
        for (LoggerContext context : contexts) {
            stops.start("context '" + context.getName() + "'", context);
        }
        stops.await();
    }

    /** Takes the appenders off their loggers; what is logged from now on is shown on standard error. */
    private Set<Appender<ILoggingEvent>> takeOff(Set<LoggerContext> contexts) {
        Set<Appender<ILoggingEvent>> taken = new LinkedHashSet<>();
        for (LoggerContext context : contexts) {
            LateLines late = lateLines.get(context);
            if (late == null || !context.isStarted()) {
                continue;
            }
            late.remember(context);
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(late);
            for (Logger logger : context.getLoggerList()) {
                for (Appender<ILoggingEvent> appender : Appenders.of(logger)) {
                    if (appender != late && logger.detachAppender(appender)) {
                        taken.add(appender);
                        logger.setAdditive(true);
                    }
                }
            }
        }
        return taken;
    }

    private void complain(Stops stops, long lost) {
        IllegalStateException failure = stops.failure();
        if (failure == null && lost == 0 && !stops.unfinished().isEmpty()) {
            failure = new IllegalStateException("not stopped in time: " + String.join(", ", stops.unfinished()));
        }
        if (failure == null && runningHook != null) {
            failure =
                    new IllegalStateException("context '" + runningHook + "' was given a shutdown hook too late to take"
                            + " it out: call LoggingShutdown.register() after that");
        }
        if (failure != null) {
            throw lost == 0 ? failure : new IllegalStateException(lost + " lines could not be written", failure);
        }
    }
}
