package dev.atexit.internal.signal.jdk;

import dev.atexit.internal.signal.SignalSource;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/** Signals by way of {@code jdk.unsupported}, found by {@link SignalSource#find()}. */
public final class SunSignals extends SignalSource {
    private static final String JVM_HANDLER = "java.lang.Terminator";

    /** Called by name. */
    public SunSignals() {}

    @Override
    public Installed install(String name, Action action) {
        Signal signal = new Signal(name);
        return new Replaced(signal, Signal.handle(signal, new Forwarder(action)));
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
        private final SignalHandler previous;

        Replaced(Signal signal, SignalHandler previous) {
            this.signal = signal;
            this.previous = previous;
        }

        @Override
        public boolean replacedDefault() {
            return previous == SignalHandler.SIG_DFL
                    || previous.getClass().getName().startsWith(JVM_HANDLER);
        }

        @Override
        public void callPrevious() {
            if (previous != SignalHandler.SIG_DFL && previous != SignalHandler.SIG_IGN) {
                previous.handle(signal);
            }
        }

        @Override
        public void restore() {
            Signal.handle(signal, previous);
        }
    }
}
