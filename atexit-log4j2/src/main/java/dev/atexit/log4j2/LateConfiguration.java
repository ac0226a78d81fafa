package dev.atexit.log4j2;

import java.util.Map;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.jspecify.annotations.Nullable;

/**
 * What a context has when it is closed: the loggers of before with their levels, which show on standard error each line that
 * would have reached an appender, once.
 */
final class LateConfiguration extends AbstractConfiguration {
    private static final String HOST = "hostName";

    private final LateAppender appender = new LateAppender();

    LateConfiguration(LoggerContext context, Configuration old) {
        super(context, ConfigurationSource.NULL_SOURCE);
        setName("closed");
        // Or Log4j would ask the network for it.
        String host = old.getProperties().get(HOST);
        getProperties().put(HOST, host == null ? "unknown" : host);
        LoggerConfig root = getRootLogger();
        root.setLevel(old.getRootLogger().getLevel());
        connect(old.getRootLogger(), root, old.getFilter());
        for (Map.Entry<String, LoggerConfig> entry : old.getLoggers().entrySet()) {
            if (!entry.getKey().isEmpty()) {
                addLogger(entry.getKey(), copy(entry.getValue(), old.getFilter()));
            }
        }
        if (context instanceof AsyncLoggerContext) {
            addFilter(new LateFilter());
        }
    }

    private LoggerConfig copy(LoggerConfig old, @Nullable Filter ofContext) {
        // What has been shown once is not handed on to be shown again.
        boolean additive = old.isAdditive() && old.getAppenders().isEmpty();
        LoggerConfig late = new LoggerConfig(old.getName(), old.getLevel(), additive);
        connect(old, late, ofContext);
        return late;
    }

    private void connect(LoggerConfig old, LoggerConfig late, @Nullable Filter ofContext) {
        if (old.getAppenders().isEmpty()) {
            return;
        }
        Level level = Level.OFF;
        for (AppenderRef reference : old.getAppenderRefs()) {
            if (reference.getLevel() == null) {
                level = Level.ALL;
            } else if (reference.getLevel().isLessSpecificThan(level)) {
                level = reference.getLevel();
            }
        }
        if (old.getAppenderRefs().isEmpty()) {
            level = Level.ALL;
        }
        late.addAppender(appender, level, new AskedFilter(ofContext, old.getFilter()));
    }

    /** Without what a file can configure: there is none, and the plugins need not be found. */
    @Override
    public void initialize() {
        setState(State.INITIALIZED);
    }
}
