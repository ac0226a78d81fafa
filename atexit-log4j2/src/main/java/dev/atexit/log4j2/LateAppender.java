package dev.atexit.log4j2;

import dev.atexit.logging.LateLog;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Shows a line on standard error. */
final class LateAppender extends AbstractAppender {
    LateAppender() {
        super("closed", null, null, true, Property.EMPTY_ARRAY);
        start();
    }

    @Override
    public void append(LogEvent event) {
        LateLog.show(
                event.getLevel().name(),
                event.getLoggerName(),
                event.getMessage().getFormattedMessage());
    }
}
