package dev.atexit.logback;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.sift.AppenderTracker;
import ch.qos.logback.core.sift.SiftingAppenderBase;
import ch.qos.logback.core.spi.AppenderAttachable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the appenders of a context, each before those that it hands lines to. */
final class Appenders {
    private static final int MAX_TRIES = 100;

    private final Set<Appender<ILoggingEvent>> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Appender<ILoggingEvent>> childrenFirst = new ArrayList<>();

    private Appenders() {}

    /** All appenders of these contexts, at whatever depth. */
    static List<Appender<ILoggingEvent>> of(Collection<LoggerContext> contexts) {
        Appenders found = new Appenders();
        for (LoggerContext context : contexts) {
            for (Logger logger : context.getLoggerList()) {
                for (Appender<ILoggingEvent> appender : of(logger)) {
                    found.visit(appender);
                }
            }
        }
        Collections.reverse(found.childrenFirst);
        return found.childrenFirst;
    }

    /** All that this one hands lines to, at whatever depth. */
    static List<Appender<ILoggingEvent>> below(Appender<ILoggingEvent> appender) {
        Appenders found = new Appenders();
        for (Appender<ILoggingEvent> child : childrenOf(appender)) {
            found.visit(child);
        }
        Collections.reverse(found.childrenFirst);
        return found.childrenFirst;
    }

    /** Those that hang on a logger itself. */
    static Set<Appender<ILoggingEvent>> of(AppenderAttachable<ILoggingEvent> owner) {
        Set<Appender<ILoggingEvent>> appenders = new LinkedHashSet<>();
        Iterator<Appender<ILoggingEvent>> iterator = owner.iteratorForAppenders();
        while (iterator != null && iterator.hasNext()) {
            Appender<ILoggingEvent> appender = iterator.next();
            if (appender != null) {
                appenders.add(appender);
            }
        }
        return appenders;
    }

    private void visit(Appender<ILoggingEvent> appender) {
        if (visited.add(appender)) {
            for (Appender<ILoggingEvent> child : childrenOf(appender)) {
                visit(child);
            }
            childrenFirst.add(appender);
        }
    }

    /** Those that this one hands lines to. */
    static Collection<Appender<ILoggingEvent>> childrenOf(Appender<ILoggingEvent> appender) {
        if (appender instanceof SiftingAppenderBase<ILoggingEvent> sifting) {
            AppenderTracker<ILoggingEvent> tracker = sifting.getAppenderTracker();
            return tracker == null ? List.of() : copy(tracker);
        }
        return appender instanceof AppenderAttachable<?> ? of(attachable(appender)) : List.of();
    }

    /** What hangs on an appender of a logger is for its events, too. */
    @SuppressWarnings("unchecked")
    private static AppenderAttachable<ILoggingEvent> attachable(Appender<ILoggingEvent> appender) {
        return (AppenderAttachable<ILoggingEvent>) appender;
    }

    /** A tracker is not made for being looked at while it works. */
    private static Collection<Appender<ILoggingEvent>> copy(AppenderTracker<ILoggingEvent> tracker) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            try {
                return tracker.allComponents();
            } catch (ConcurrentModificationException again) {
                Thread.onSpinWait();
            }
        }
        return List.of();
    }
}
