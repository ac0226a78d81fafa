package dev.atexit.signal;

import dev.atexit.Registration;
import java.util.Objects;

/**
 * What the program does when a signal comes.
 *
 * <pre>{@code
 * Signals.on("HUP", config::reload);
 * Signals.exitStatus("TERM", 0);
 * }</pre>
 *
 * <p>Exit handlers need none of this: TERM, INT and HUP end a JVM in order as it is, with 143, 130 and 129.
 *
 * <p><b>Threading.</b> All methods may be called from any thread. Actions run on a thread of the JVM's that is made for
 * each signal that comes, so two may run at the same time. <b>Ordering.</b> The action that was set last runs first; then
 * the handlers that others had installed before; an exit comes last. <b>Failure.</b> What an action throws is printed to
 * standard error, and the next one runs. <b>Time.</b> No bound; an exit waits for no action. <b>Not guaranteed.</b> That
 * each of several equal signals is seen: the system may merge them. Who sent a signal is not known to Java.
 *
 * <p>Where signals cannot be had, with {@code -Xrs} or in an image without the module {@code jdk.unsupported}, one line on
 * standard error says so, and nothing else happens.
 */
public final class Signals {
    private static final int MAX_STATUS = 255;

    private Signals() {}

    /**
     * Runs an action when a signal comes, in place of what the signal would do by itself: a program with an action on TERM
     * is not ended by TERM.
     *
     * @param signal the signal's name, with or without {@code SIG}: {@code HUP}, {@code USR1}, {@code WINCH}
     * @param action what to run
     * @return the handle; {@link Registration#unregister} takes the action back, and with the last one the signal does
     *     again what it did before
     * @throws IllegalArgumentException if there is no such signal, or the JVM or the system keeps it, as KILL, STOP, QUIT,
     *     SEGV, BUS, FPE and ILL
     */
    public static Registration on(String signal, Runnable action) {
        Objects.requireNonNull(action, "action");
        return new Handle(SignalTable.on(Objects.requireNonNull(signal, "signal"), action));
    }

    /**
     * Lets a signal end the program with another status: a service manager that takes 143 for a failure is content with 0.
     * The latest call for a signal counts. Actions set with {@link #on} for the same signal run first. When the exit has
     * begun, the signal is a second one, see {@link dev.atexit.ExitPolicy.Builder#secondSignal}.
     *
     * @param signal the signal's name, with or without {@code SIG}
     * @param status from 0 to 255
     * @return the handle
     * @throws IllegalArgumentException as {@link #on}, or if the status is out of range
     */
    public static Registration exitStatus(String signal, int status) {
        if (status < 0 || status > MAX_STATUS) {
            throw new IllegalArgumentException("status must be from 0 to 255, but is " + status);
        }
        return new Handle(SignalTable.exitStatus(Objects.requireNonNull(signal, "signal"), status));
    }

    private static final class Handle implements Registration {
        private final SignalTable.Entry entry;

        Handle(SignalTable.Entry entry) {
            this.entry = entry;
        }

        @Override
        public boolean unregister() {
            return SignalTable.remove(entry);
        }

        @Override
        public boolean isPending() {
            return SignalTable.contains(entry);
        }
    }
}
