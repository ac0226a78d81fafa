package dev.atexit.log4j2;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.Marker;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * Has late lines of async loggers shown on the thread that logs, which ends perhaps as the last one of the program: there is
 * no time for another one. Log4j asks the filter of a configuration there, before the line is queued.
 */
final class LateFilter extends AbstractFilter {
    @Override
    public Result filter(
            Logger logger,
            Level level,
            @Nullable Marker marker,
            @Nullable Message message,
            @Nullable Throwable thrown) {
        if (message == null || !logger.getLevel().isLessSpecificThan(level)) {
            return Result.NEUTRAL;
        }
        logger.get().log(logger.getName(), LateFilter.class.getName(), marker, level, message, thrown);
        return Result.DENY;
    }

    @Override
    public Result filter(
            Logger logger, Level level, @Nullable Marker marker, @Nullable Object message, @Nullable Throwable thrown) {
        if (message == null) {
            return Result.NEUTRAL;
        }
        Message made = message instanceof CharSequence
                ? logger.getMessageFactory().newMessage(message.toString())
                : logger.getMessageFactory().newMessage(message);
        return filter(logger, level, marker, made, thrown);
    }

    @Override
    public Result filter(
            Logger logger, Level level, @Nullable Marker marker, @Nullable String message, Object... parameters) {
        if (message == null) {
            return Result.NEUTRAL;
        }
        Message made = logger.getMessageFactory().newMessage(message, parameters);
        return filter(logger, level, marker, made, made.getThrowable());
    }
}
