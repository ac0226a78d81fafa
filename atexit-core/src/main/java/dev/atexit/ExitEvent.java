package dev.atexit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an {@link ExitListener} is told. A closed set: a {@code switch} over it can be complete.
 *
 * <p><b>Threading.</b> Immutable. <b>Ordering.</b> In the JVM's exit the first event is {@link Began} and the last one
 * {@link Ended}; a run that the program asked for has neither.
 */
public sealed interface ExitEvent {
    /** The exit of the program began. */
    record Began() implements ExitEvent {}

    /**
     * A handler is about to run.
     *
     * @param name what it is called
     */
    record HandlerStarted(String name) implements ExitEvent {}

    /**
     * A handler, or a registry with all its entries, ended by itself: it returned or threw.
     *
     * @param entry what became of it
     */
    record HandlerFinished(ExitReport.Entry entry) implements ExitEvent {}

    /**
     * A handler has been running for longer than {@link ExitPolicy.Builder#stuckNotice}. It goes on running.
     *
     * @param name what it is called
     * @param elapsed for how long it has been running
     * @param stack where it stands, innermost frame first
     * @param lockWait the lock it waits for; empty if it waits for none, or if that cannot be found out: the JVM has no
     *     module {@code java.management}
     * @param site who registered it; empty without {@link ExitPolicy.Builder#sites}
     */
    record HandlerStuck(
            String name,
            Duration elapsed,
            List<StackTraceElement> stack,
            Optional<ExitReport.LockWait> lockWait,
            Optional<StackTraceElement> site)
            implements ExitEvent {}

    /**
     * A handler's time was up, and it ended when it was interrupted.
     *
     * @param entry what became of it
     */
    record HandlerTimedOut(ExitReport.Entry entry) implements ExitEvent {}

    /**
     * A handler was given up: its time was up and the interrupt did not help, or it called {@code System.exit}.
     *
     * @param entry what became of it
     * @param stack where it stood, innermost frame first
     * @param lockWait the lock it waited for, as with {@link HandlerStuck}
     */
    record HandlerLeftBehind(
            ExitReport.Entry entry, List<StackTraceElement> stack, Optional<ExitReport.LockWait> lockWait)
            implements ExitEvent {}

    /**
     * The deadline passed before these handlers had started.
     *
     * @param entries they, in the order in which they would have run
     */
    record HandlersSkipped(List<ExitReport.Entry> entries) implements ExitEvent {}

    /**
     * Something the person in front of the program should know, such as a setting that was not understood.
     *
     * @param message one line
     */
    record Warning(String message) implements ExitEvent {}

    /**
     * The exit of the program is over: logging is closed, and the JVM halts next.
     *
     * @param report what became of all handlers
     */
    record Ended(ExitReport report) implements ExitEvent {}
}
