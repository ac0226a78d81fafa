package dev.atexit.logback;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.selector.ContextSelector;
import ch.qos.logback.classic.util.ContextSelectorStaticBinder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.SubstituteLoggerFactory;

/** Finds the contexts that there are. */
final class Contexts {
    /** How long slf4j may take to start on another thread. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    private static final long POLL_MILLIS = 5;

    private Contexts() {}

    /**
     * Starts slf4j, if that is still to be done.
     *
     * @throws IllegalStateException if it does not log to Logback, and there is no other context either
     */
    static void start() {
        ILoggerFactory factory = factory();
        if (!(factory instanceof LoggerContext) && all().isEmpty()) {
            throw new IllegalStateException(
                    "slf4j logs to " + factory.getClass().getName() + " and not to Logback");
        }
    }

    private static ILoggerFactory factory() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (factory instanceof SubstituteLoggerFactory && System.nanoTime() - end < 0) {
                Thread.sleep(POLL_MILLIS);
                factory = LoggerFactory.getILoggerFactory();
            }
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt();
        }
        return factory;
    }

    /** Each context once: the one of slf4j, those of a selector, and those that the program has named. */
    static Set<LoggerContext> all() {
        Set<LoggerContext> all = Collections.newSetFromMap(new IdentityHashMap<>());
        add(LoggerFactory.getILoggerFactory(), all);
        ContextSelector selector = ContextSelectorStaticBinder.getSingleton().getContextSelector();
        if (selector != null) {
            add(selector.getDefaultLoggerContext(), all);
            for (String name : namesOf(selector)) {
                add(selector.getLoggerContext(name), all);
            }
        }
        all.addAll(LogbackContexts.named());
        return all;
    }

    private static List<String> namesOf(ContextSelector selector) {
        List<String> names = selector.getContextNames();
        return names == null ? List.of() : new ArrayList<>(names);
    }

    private static void add(@Nullable Object context, Set<LoggerContext> all) {
        if (context instanceof LoggerContext found) {
            all.add(found);
        }
    }
}
