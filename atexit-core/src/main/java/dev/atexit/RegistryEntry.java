package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Outcome;
import dev.atexit.internal.exit.Task;
import dev.atexit.internal.exit.TaskResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a registry. {@code PENDING} → {@code RUNNING} → {@code ENDED}, or {@code PENDING} → {@code GONE} when it is
 * unregistered or replaced. All fields that are not final are guarded by the registry's state.
 */
final class RegistryEntry extends Task {
    static final byte PENDING = 0;
    static final byte RUNNING = 1;
    static final byte ENDED = 2;
    static final byte GONE = 3;

    final String name;

    /** The names it waits for. */
    final String[] after;

    private final RegistryState state;
    private final long timeoutNanos;
    private final long registeredAtMillis;
    private @Nullable ExitHandler handler;

    byte phase = PENDING;

    /** Its place: the newest has the highest. */
    long place;

    /** How many of the names in {@link #after} have something that has not ended. */
    int unmet;

    /** Names in {@link #after} that nobody ever registered, for the message; null if there are none. */
    @Nullable
    String missing;

    /** The thread that runs it; null when none does. */
    @Nullable
    Thread thread;

    /** It called for a run of the registry itself, and waits for that. */
    boolean suspended;

    private @Nullable Outcome outcome;
    private long startedAtMillis;
    private long durationNanos;
    private @Nullable TaskResult result;

    RegistryEntry(RegistryState state, String name, ExitHandler handler, RegistryOptions options) {
        this.state = state;
        this.name = name;
        this.handler = handler;
        this.after = options.after();
        this.timeoutNanos = options.timeoutNanos();
        this.registeredAtMillis = ExitScope.current().millis();
        ExitScope.rememberSite(this);
    }

    @Override
    protected void run() throws Exception {
        ExitHandler work;
        synchronized (state) {
            work = handler;
            thread = Thread.currentThread();
        }
        if (missing != null) {
            ExitScope.current()
                    .say("cleanup " + Arguments.quoted(name) + " was to run after " + missing
                            + ", which nobody registered");
        }
        if (work != null) {
            work.run();
        }
    }

    @Override
    protected void release() {
        synchronized (state) {
            handler = null;
        }
    }

    void begun(long millis) {
        phase = RUNNING;
        startedAtMillis = millis;
    }

    void gone() {
        phase = GONE;
        handler = null;
    }

    /** It has ended for good, and its handler with it. */
    void ended(TaskResult how) {
        ended(how.outcome, how.durationNanos);
        startedAtMillis = how.startedAtMillis;
        result = how;
    }

    /** The thread of another run is still in it, but nobody waits for that any longer. */
    void leftBehind(long millis) {
        ended(Outcome.LEFT_BEHIND, Math.max(0, millis - startedAtMillis) * 1_000_000);
    }

    private void ended(Outcome how, long nanos) {
        phase = ENDED;
        thread = null;
        handler = null;
        outcome = how;
        durationNanos = nanos;
    }

    ExitReport.Entry report() {
        return new ExitReport.Entry(
                name,
                outcome == null ? ExitReport.Outcome.PENDING : Reports.outcome(outcome),
                Instant.ofEpochMilli(registeredAtMillis),
                startedAtMillis == 0 ? null : Instant.ofEpochMilli(startedAtMillis),
                Duration.ofNanos(durationNanos),
                result == null ? null : result.error,
                List.of(),
                0,
                result);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public String noun() {
        return "cleanup";
    }

    @Override
    public long timeoutNanos() {
        return timeoutNanos;
    }

    @Override
    public long registeredAtMillis() {
        return registeredAtMillis;
    }

    @Override
    public String[] waitsFor() {
        return after;
    }

    @Override
    protected boolean printsStackTrace() {
        // The one line is the contract; the error itself is in the report and in entries().
        return false;
    }
}
