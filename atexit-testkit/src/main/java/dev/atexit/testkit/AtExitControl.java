package dev.atexit.testkit;

import dev.atexit.ExitReason;
import dev.atexit.ExitReport;
import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Reason;
import dev.atexit.internal.exit.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * What a test does with its fresh {@code AtExit}: ends the program without ending the JVM. A parameter of a test under
 * {@link AtExitExtension}.
 *
 * <pre>{@code
 * AtExit.register("close-db", db::close);
 * ExitReport report = control.exit();
 * assertThat(report.isClean()).isTrue();
 * }</pre>
 *
 * <p><b>Threading.</b> Any thread may call it. <b>Ordering, failure, time.</b> {@link #exit()} is the exit sequence of the
 * JVM, with its watchdog, its deadline and its listeners; the thread that calls it watches, and handlers run on another.
 * <b>Not guaranteed.</b> That a handler survives which calls {@code System.exit}: that ends the JVM of the tests.
 */
public final class AtExitControl {
    private final ExitScope scope;
    private final Translator translator;
    private volatile boolean pendingAllowed;

    AtExitControl(ExitScope scope, Translator translator) {
        this.scope = scope;
        this.translator = translator;
    }

    /**
     * Runs the exit sequence as at the end of {@code main}: handlers, what closes last, the listener. Afterwards it is too
     * late to register, as it is in a program.
     *
     * @return what became of the handlers
     * @throws IllegalStateException if the exit has begun before
     */
    public ExitReport exit() {
        return exit(new ExitReason.EndOfMain());
    }

    /**
     * Runs the exit sequence as if the program ended for this reason.
     *
     * @param reason what {@code AtExit.exitReason()} and the report say
     * @return what became of the handlers
     * @throws IllegalArgumentException for {@link ExitReason.Requested}, which is no end of a program
     * @throws IllegalStateException if the exit has begun before
     */
    public ExitReport exit(ExitReason reason) {
        Reason engines = engines(Objects.requireNonNull(reason, "reason"));
        if (scope.exiting()) {
            throw new IllegalStateException("the exit of this test has begun before: a program ends once");
        }
        return translator.report(scope.simulateExit(engines));
    }

    /** Lets the test end with handlers pending. They are forgotten then, and never run. */
    public void allowPending() {
        pendingAllowed = true;
    }

    /**
     * What waits to be run.
     *
     * @return the names of the handlers, newest first; for one without a name, what helps to find it
     */
    public List<String> pending() {
        List<String> names = new ArrayList<>();
        for (Task task : scope.pending()) {
            names.add(task.label());
        }
        return Collections.unmodifiableList(names);
    }

    boolean pendingAllowed() {
        return pendingAllowed;
    }

    private static Reason engines(ExitReason reason) {
        if (reason instanceof ExitReason.SystemExit exit) {
            return Reason.systemExit(exit.caller().orElse(null));
        }
        if (reason instanceof ExitReason.Signal signal) {
            return Reason.signal(signal.name());
        }
        if (reason instanceof ExitReason.Uncaught uncaught) {
            return Reason.uncaught(uncaught.thread(), uncaught.error());
        }
        if (reason instanceof ExitReason.EndOfMain) {
            return Reason.endOfMain();
        }
        throw new IllegalArgumentException(
                "reason must be the end of a program, but is '" + reason + "': call AtExit.runExitHandlers() for that");
    }
}
