package dev.atexit.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextListener;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import dev.atexit.logging.LateLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Shows on standard error what is logged through a context that has been stopped, by us or by the program itself. Stopping
 * takes off all appenders, and sets all levels back so that everything would be shown; so they are remembered.
 */
final class LateLines extends UnsynchronizedAppenderBase<ILoggingEvent> implements LoggerContextListener {
    // Guarded by this.
    private final Map<Logger, Level> levels = new HashMap<>();

    // Those that nobody writes: they hand nothing on and have no appender. Guarded by this.
    private final Set<Logger> silent = new HashSet<>();

    private LateLines(LoggerContext context) {
        setContext(context);
        setName("atexit");
        start();
    }

    /** From now on, what comes after the stop is shown. */
    static LateLines of(LoggerContext context) {
        LateLines lines = new LateLines(context);
        lines.remember(context);
        context.addListener(lines);
        return lines;
    }

    /** What there is now; it may have been set since. */
    synchronized void remember(LoggerContext context) {
        levels.clear();
        silent.clear();
        for (Logger logger : context.getLoggerList()) {
            Level level = logger.getLevel();
            if (level != null) {
                levels.put(logger, level);
            }
            if (!logger.isAdditive() && Appenders.of(logger).isEmpty()) {
                silent.add(logger);
            }
        }
    }

    @Override
    public synchronized void onStop(LoggerContext context) {
        for (Map.Entry<Logger, Level> level : levels.entrySet()) {
            level.getKey().setLevel(level.getValue());
        }
        for (Logger logger : silent) {
            logger.setAdditive(false);
        }
        start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        LateLog.show(event.getLevel().toString(), event.getLoggerName(), event.getFormattedMessage());
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onStart(LoggerContext context) {}

    @Override
    public void onReset(LoggerContext context) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
}
