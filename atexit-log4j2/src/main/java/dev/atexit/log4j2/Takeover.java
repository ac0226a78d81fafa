package dev.atexit.log4j2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LifeCycle;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.impl.Log4jContextFactory;
import org.apache.logging.log4j.core.selector.ContextSelector;
import org.apache.logging.log4j.core.util.ShutdownCallbackRegistry;
import org.apache.logging.log4j.spi.LoggerContextFactory;
import org.apache.logging.log4j.status.StatusLogger;
import org.jspecify.annotations.Nullable;

/**
 * Takes over the end of Log4j: starts it, takes its shutdown hook out, and has what would register with the hook register
 * here.
 *
 * <p>To stop Log4j's registry is not enough: it refuses every context that starts later, which then does not log. So Log4j
 * gets a context factory with a registry of ours and the same selector, thus the same contexts. Through it Log4j keeps the
 * class loader of this library in memory, which what is registered for the exit does anyway.
 */
final class Takeover {
    /** They hand every line to another framework, or write it at once: there is nothing to close. */
    private static final Set<String> WITHOUT_END = Set.of(
            "org.apache.logging.slf4j.SLF4JLoggerContextFactory",
            "org.apache.logging.log4j.tojul.JULLoggerContextFactory",
            "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");

    private final ExitCallbacks callbacks = new ExitCallbacks();

    // Written by prepare, which is not called twice at once; read by close.
    private volatile @Nullable ContextSelector selector;
    private @Nullable ShutdownCallbackRegistry left;

    void prepare() {
        LoggerContextFactory factory = LogManager.getFactory();
        if (factory instanceof Log4jContextFactory ofCore) {
            ContextSelector contexts = ofCore.getSelector();
            takeHookOut(ofCore);
            start(contexts);
            selector = contexts;
        } else if (!WITHOUT_END.contains(factory.getClass().getName())) {
            throw new IllegalStateException(
                    "the context factory of Log4j is " + factory.getClass().getName() + ", not that of log4j-core");
        }
    }

    private void takeHookOut(Log4jContextFactory factory) {
        ShutdownCallbackRegistry registry = factory.getShutdownCallbackRegistry();
        if (registry == left || ExitCallbacks.isOne(registry) || !factory.isShutdownHookEnabled()) {
            return;
        }
        if (!(registry instanceof LifeCycle hook)) {
            left = registry;
            StatusLogger.getLogger()
                    .error(
                            "atexit cannot stop the ShutdownCallbackRegistry {}: lines are lost if it stops Log4j before"
                                    + " every exit handler has run",
                            registry.getClass().getName());
            return;
        }
        callbacks.addThoseOf(registry);
        if (factory.getClass() == Log4jContextFactory.class) {
            LogManager.setFactory(new Log4jContextFactory(factory.getSelector(), callbacks));
        } else {
            left = registry;
            StatusLogger.getLogger()
                    .error(
                            "atexit stops the shutdown hook of Log4j, but leaves the context factory {} as it is: logger"
                                    + " contexts that start later may fail to",
                            factory.getClass().getName());
        }
        // Last: a context that starts meanwhile must not meet a registry that refuses it.
        hook.stop();
    }

    /** Starts the context of the program, unless it has started one. */
    private static void start(ContextSelector selector) {
        for (LoggerContext context : selector.getLoggerContexts()) {
            if (context.isStarted()) {
                return;
            }
        }
        ClassLoader program = Thread.currentThread().getContextClassLoader();
        LogManager.getContext(program == null ? Takeover.class.getClassLoader() : program, false);
    }

    /**
     * Closes every context.
     *
     * @return how many lines were given up
     */
    long close(long boundNanos) throws InterruptedException, TimeoutException {
        ContextSelector contexts = selector;
        if (contexts == null) {
            return 0;
        }
        Bound bound = new Bound(boundNanos);
        callbacks.runThoseOfProgram(bound);
        List<ContextClosing> closings = new ArrayList<>();
        for (LoggerContext context : contexts.getLoggerContexts()) {
            if (ContextClosing.isOpen(context)) {
                closings.add(ContextClosing.begin(context, bound));
            }
        }
        callbacks.runThoseOfContexts(closings, bound);
        for (ContextClosing closing : closings) {
            closing.await();
        }
        long lost = 0;
        List<Thread> stopping = new ArrayList<>();
        for (ContextClosing closing : closings) {
            lost += closing.giveUp(stopping);
        }
        for (Thread one : stopping) {
            Threads.join(one, bound.restLeft());
        }
        if (lost == 0) {
            for (ContextClosing closing : closings) {
                closing.failUnlessClosed();
            }
        }
        return lost;
    }
}
