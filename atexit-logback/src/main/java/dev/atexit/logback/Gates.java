package dev.atexit.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AsyncAppenderBase;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.sift.SiftingAppenderBase;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** The gates before all asynchronous appenders, also before those that a sifting appender makes while the program ends. */
final class Gates {
    // Both guarded by this.
    private final List<ExitGate> gates = new ArrayList<>();
    private final IdentityHashMap<Appender<ILoggingEvent>, Gates> known = new IdentityHashMap<>();

    /** Puts one before each that has none. */
    synchronized void put(List<Appender<ILoggingEvent>> appenders) {
        for (Appender<ILoggingEvent> appender : appenders) {
            if (appender instanceof AsyncAppenderBase<ILoggingEvent> async) {
                // One that was never started has no queue.
                if (async.isStarted() && known.put(async, this) == null) {
                    gates.add(ExitGate.before(async));
                }
            } else if (appender instanceof SiftingAppenderBase<ILoggingEvent> sifting
                    && sifting.isStarted()
                    && known.put(sifting, this) == null) {
                sifting.addFilter(new Newcomers(sifting));
            }
        }
    }

    synchronized List<ExitGate> all() {
        return new ArrayList<>(gates);
    }

    /** Looks at each line whether an appender has been made for the one before it; that one found the queue empty. */
    private final class Newcomers extends Filter<ILoggingEvent> {
        private final SiftingAppenderBase<ILoggingEvent> sifting;

        // Guarded by the lock that a sifting appender holds.
        private int seen;

        Newcomers(SiftingAppenderBase<ILoggingEvent> sifting) {
            this.sifting = sifting;
            start();
        }

        @Override
        public FilterReply decide(ILoggingEvent event) {
            int children = sifting.getAppenderTracker().getComponentCount();
            if (children != seen) {
                seen = children;
                put(Appenders.below(sifting));
            }
            return FilterReply.NEUTRAL;
        }
    }
}
