package dev.atexit.internal.exit;

import dev.atexit.internal.signal.SignalSource;

/**
 * What a TERM or INT means that comes when the exit has already begun. Within the first second it is the same request:
 * terminals and wrappers send two. Later it is impatience: at once if a signal began the exit, else after a warning.
 */
final class SecondSignal implements SignalSource.Action {
    private static final long SAME_REQUEST_NANOS = 1_000_000_000;
    private static final int SIGNAL_STATUS = 128;
    private static final String[] WATCHED = {"TERM", "INT"};

    private final ExitSequence sequence;
    private final boolean halts;

    // Guarded by this.
    private boolean warned;

    SecondSignal(ExitSequence sequence, boolean halts) {
        this.sequence = sequence;
        this.halts = halts;
    }

    /** Takes over the signals that nobody but the JVM handles; the user's own handlers stay. */
    void watch() {
        SignalSource signals = SignalSource.find();
        if (signals == null) {
            return;
        }
        for (String name : WATCHED) {
            try {
                SignalSource.Installed installed = signals.install(name, this);
                if (!installed.replacedDefault()) {
                    installed.restore();
                }
            } catch (IllegalArgumentException keptByTheJvm) {
                // With -Xrs there are no signals to watch, and whoever chose that knows.
                return;
            }
        }
    }

    @Override
    public void signalled(String name, int number) {
        if (!halts || sequence.elapsedNanos() < SAME_REQUEST_NANOS) {
            return;
        }
        boolean again;
        synchronized (this) {
            again = warned || sequence.reason().kind == Reason.Kind.SIGNAL;
            warned = true;
        }
        if (again) {
            String running = sequence.running();
            sequence.say("SIG" + name + " again: ending at once" + (running.isEmpty() ? "" : " while in " + running));
            sequence.reportBeforeHalt();
            Runtime.getRuntime().halt(SIGNAL_STATUS + number);
        } else {
            sequence.say("SIG" + name + " during the exit: again to end at once");
        }
    }
}
