package dev.atexit.log4j2;

import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.filter.AbstractFilter;
import org.jspecify.annotations.Nullable;

/** Denies what filters of the closed configuration deny, without starting them again. */
final class AskedFilter extends AbstractFilter {
    private final @Nullable Filter ofContext;
    private final @Nullable Filter ofLogger;

    AskedFilter(@Nullable Filter ofContext, @Nullable Filter ofLogger) {
        this.ofContext = ofContext;
        this.ofLogger = ofLogger;
    }

    @Override
    public Result filter(LogEvent event) {
        return denies(ofContext, event) || denies(ofLogger, event) ? Result.DENY : Result.NEUTRAL;
    }

    private static boolean denies(@Nullable Filter filter, LogEvent event) {
        return filter != null && filter.filter(event) == Result.DENY;
    }
}
