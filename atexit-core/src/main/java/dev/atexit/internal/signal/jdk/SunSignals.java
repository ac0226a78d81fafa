package dev.atexit.internal.signal.jdk;

import dev.atexit.internal.signal.SignalSource;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Signals by way of {@code jdk.unsupported}, found by {@link SignalSource#find()}. */
public final class SunSignals extends SignalSource {
    /** What stands for a handler that was not installed through this API: the JVM's own. */
    private static final String JVM_HANDLER = "sun.misc.Signal$SunMiscHandler";

    /** Called by name. */
    public SunSignals() {}

    @Override
    public Installed install(String name, Action action) {
        Signal signal = new Signal(name);
        Forwarder own = new Forwarder(action);
        return new Replaced(signal, own, Signal.handle(signal, own));
    }

    private static final class Forwarder implements SignalHandler {
        private final Action action;

        Forwarder(Action action) {
            this.action = action;
        }

        @Override
        public void handle(Signal signal) {
            action.signalled(signal.getName(), signal.getNumber());
        }
    }

    private static final class Replaced implements Installed {
        private final Signal signal;
        private final SignalHandler own;
        private final SignalHandler previous;

        Replaced(Signal signal, SignalHandler own, SignalHandler previous) {
            this.signal = signal;
            this.own = own;
            this.previous = previous;
        }

        @Override
        public boolean replacedDefault() {
            return previous == SignalHandler.SIG_DFL
                    || (previous != SignalHandler.SIG_IGN
                            && previous.getClass().getName().equals(JVM_HANDLER));
        }

        @Override
        public void callPrevious() {
            if (previous != SignalHandler.SIG_DFL && previous != SignalHandler.SIG_IGN) {
                previous.handle(signal);
            }
        }

        @Override
        public void restore() {
            SignalHandler there = Signal.handle(signal, previous);
            if (there != own) {
                // Somebody has installed a handler since, and chains ours or does not: it stays.
                Signal.handle(signal, there);
            }
        }
    }
}
