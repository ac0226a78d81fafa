package dev.atexit.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the lines that an appender is given. */
final class Arrivals extends Filter<ILoggingEvent> {
    private final AtomicLong count = new AtomicLong();

    Arrivals() {
        start();
    }

    long count() {
        return count.get();
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        count.incrementAndGet();
        return FilterReply.NEUTRAL;
    }
}
