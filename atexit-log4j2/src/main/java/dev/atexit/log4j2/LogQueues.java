package dev.atexit.log4j2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.async.AsyncLoggerConfig;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.jmx.RingBufferAdmin;
import org.jspecify.annotations.Nullable;

/** The queues in which lines of one context may wait. */
final class LogQueues {
    private final Configuration configuration;
    private final List<AsyncAppender> appenders = new ArrayList<>();
    private final @Nullable RingBufferAdmin ring;
    private final @Nullable RingBufferAdmin ringBehindLoggers;

    LogQueues(LoggerContext context, Configuration configuration) {
        this.configuration = configuration;
        for (Appender appender : configuration.getAppenders().values()) {
            if (appender instanceof AsyncAppender async) {
                appenders.add(async);
            }
        }
        this.ring = ringOf(context);
        this.ringBehindLoggers = ringOf(context, configuration);
    }

    /** The ring of a context all whose loggers are asynchronous. */
    private static @Nullable RingBufferAdmin ringOf(LoggerContext context) {
        if (!(context instanceof AsyncLoggerContext async)) {
            return null;
        }
        try {
            return async.createRingBufferAdmin();
        } catch (LinkageError noManagement) {
            // Without the module java.management the ring cannot be seen.
            return null;
        }
    }

    /** The ring that all loggers share which the configuration makes asynchronous. */
    private static @Nullable RingBufferAdmin ringOf(LoggerContext context, Configuration configuration) {
        List<LoggerConfig> loggers = new ArrayList<>(configuration.getLoggers().values());
        loggers.add(configuration.getRootLogger());
        for (LoggerConfig logger : loggers) {
            if (logger instanceof AsyncLoggerConfig async) {
                try {
                    return async.createRingBufferAdmin(String.valueOf(context.getName()));
                } catch (NullPointerException stopped) {
                    // There is no ring any more.
                    return null;
                } catch (LinkageError noManagement) {
                    return null;
                }
            }
        }
        return null;
    }

    private static long linesIn(@Nullable RingBufferAdmin ring) {
        return ring == null ? 0 : Math.max(0, ring.getBufferSize() - ring.getRemainingCapacity());
    }

    /** How many lines wait before the loggers; one that is being written counts. */
    long linesInRing() {
        return linesIn(ring);
    }

    /** How many lines wait behind the loggers; of what an async appender is writing, nothing is known. */
    long linesBehindLoggers() {
        long lines = linesIn(ringBehindLoggers);
        for (AsyncAppender appender : appenders) {
            lines += appender.getQueueSize();
        }
        return lines;
    }

    /** How many lines are lost if nothing more is written: all that wait, and those that stand before a full appender. */
    long linesGivenUp() {
        long lines = linesInRing() + linesIn(ringBehindLoggers);
        for (AsyncAppender appender : appenders) {
            int waiting = appender.getQueueSize();
            // Nothing would wait if the first line were not stuck.
            lines += waiting == 0 ? 0 : waiting + 1;
        }
        return lines;
    }

    /** The async appenders, each before those that it hands its lines to. */
    List<AsyncAppender> outerToInner() {
        Set<String> ofLoggers =
                new HashSet<>(configuration.getRootLogger().getAppenders().keySet());
        for (LoggerConfig logger : configuration.getLoggers().values()) {
            ofLoggers.addAll(logger.getAppenders().keySet());
        }
        List<AsyncAppender> left = new ArrayList<>();
        for (AsyncAppender appender : appenders) {
            // Those that loggers write to come first: what is between two others may not be seen.
            left.add(ofLoggers.contains(appender.getName()) ? 0 : left.size(), appender);
        }
        List<AsyncAppender> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            ordered.add(takeOuter(left));
        }
        return ordered;
    }

    private static AsyncAppender takeOuter(List<AsyncAppender> left) {
        Iterator<AsyncAppender> candidates = left.iterator();
        while (candidates.hasNext()) {
            AsyncAppender candidate = candidates.next();
            if (!isInner(candidate, left)) {
                candidates.remove();
                return candidate;
            }
        }
        // They go in circles.
        return left.remove(0);
    }

    private static boolean isInner(AsyncAppender candidate, List<AsyncAppender> left) {
        for (AsyncAppender other : left) {
            if (other != candidate
                    && Arrays.asList(other.getAppenderRefStrings()).contains(candidate.getName())) {
                return true;
            }
        }
        return false;
    }
}
