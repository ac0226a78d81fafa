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

    /** Whether Ctrl-C comes here. */
    private volatile boolean interruptible;

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
                } else if (name.equals("INT")) {
                    interruptible = true;
                }
            } catch (IllegalArgumentException keptByTheJvm) {
                // With -Xrs there are no signals to watch, and whoever chose that knows.
                return;
            }
        }
    }

    /** What Ctrl-C would do now, in a few words; empty where it would do nothing, or the program has its own use for it. */
    String hint() {
        if (!halts || !interruptible || sequence.elapsedNanos() < SAME_REQUEST_NANOS) {
            return "";
        }
        Reason reason = sequence.reason();
        synchronized (this) {
            if (reason.kind == Reason.Kind.SIGNAL) {
                return "INT".equals(reason.signal) ? "Ctrl-C again ends it at once" : "Ctrl-C ends it at once";
            }
            return warned ? "Ctrl-C again ends it at once" : "Ctrl-C twice ends it at once";
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
            sequence.clearBeforeHalt();
            sequence.say("SIG" + name + " again: ending at once" + (running.isEmpty() ? "" : " while in " + running));
            sequence.reportBeforeHalt();
            Runtime.getRuntime().halt(SIGNAL_STATUS + number);
        } else {
            sequence.say("SIG" + name + " during the exit: again to end at once");
        }
    }
}
