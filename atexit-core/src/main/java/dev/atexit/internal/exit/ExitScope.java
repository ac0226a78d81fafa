package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One handler stack with all that belongs to it: its hook, its settings, what closes last, and its exit sequence. There
 * is one for the JVM; tests put others in its place.
 *
 * <p>Where two copies of the library live in one JVM, the first to register owns the exit. In the other copy every
 * pushed task also gets a ticket on the owner's stack, so that there is one order.
 */
public final class ExitScope implements HandlerStack.Owner {
    private static final String FINISHED = "too late to register: the exit handlers of this program have already run";
    private static final String BEGUN = "too late to register: the JVM is shutting down and no exit handler was there before";

    private static final ExitScope JVM = new ExitScope(Clock.SYSTEM, true);

    private static volatile ExitScope current = JVM;

    private final Clock clock;
    private final boolean ownsJvm;
    private final HandlerStack stack = new HandlerStack(this);
    private volatile Settings settings = Settings.NONE;
    private volatile @Nullable ExitSequence sequence;

    // Guarded by the lock of the stack.
    private @Nullable ExitHook hook;

    // Written under the lock of the stack, before the first task is pushed.
    private volatile @Nullable BiFunction<String, Object[], Object> owner;

    // Guarded by itself.
    private final List<Task> finishers = new ArrayList<>(0);

    // Guarded by finishers.
    private boolean finishersTaken;

    // Written under the lock of finishers.
    private volatile @Nullable Reaper reaper;

    private ExitScope(Clock clock, boolean ownsJvm) {
        this.clock = clock;
        this.ownsJvm = ownsJvm;
    }

    /** The scope that registrations go to. */
    public static ExitScope current() {
        return current;
    }

    /** The scope that ends with the JVM. */
    static ExitScope jvm() {
        return JVM;
    }

    /** A scope that is not the JVM's: it ends when it is told to. */
    public static ExitScope detached(Clock clock) {
        return new ExitScope(clock, false);
    }

    /** Puts a scope in the place of the current one, and returns that. */
    public static ExitScope replaceCurrent(ExitScope scope) {
        ExitScope before = current;
        current = scope;
        return before;
    }

    /**
     * Puts a task on top of the stack.
     *
     * @throws IllegalStateException if it would never run; nothing is stored then
     */
    public void register(Task task) {
        stack.push(task);
    }

    /** Removes every task that matches; false if there was none. What {@code equals} throws is passed on. */
    public boolean unregisterMatching(Object handler) {
        return stack.removeMatching(handler);
    }

    /** Forgets every task that is not kept. */
    public void clear() {
        stack.clear();
    }

    /** How many tasks {@link #clear()} would forget. */
    public int count() {
        return stack.count();
    }

    /** The pending tasks, newest first. */
    public Task[] pending() {
        return stack.snapshot();
    }

    /** Runs every pending task now, on the calling thread as far as no timeout asks for another. */
    public ExitSummary runNow() {
        return run(stack.source(null));
    }

    /** Runs the tasks of a source now, on the calling thread as far as no timeout asks for another. */
    public ExitSummary run(TaskSource source) {
        Unwinder unwinder = new Unwinder(clock, new Notifier(observer(), true), 0);
        unwinder.runInline(source);
        return unwinder.summary(null);
    }

    /**
     * Takes new settings from code.
     *
     * @throws IllegalStateException if the exit has begun
     */
    public void configure(Settings code) {
        if (sequence != null) {
            throw new IllegalStateException("too late to configure: the exit has begun");
        }
        settings = code;
        if (ownsJvm) {
            UncaughtTracker.installIfWanted(code.trackUncaught);
        }
    }

    /** What code has set. */
    public Settings settings() {
        return settings;
    }

    /** Has a task run after the last handler, in the order of these calls: flushing and closing what others write to. */
    public void addFinisher(Task task) {
        // Nobody may ever register a handler: the exit must still be ours.
        stack.attachNow();
        BiFunction<String, Object[], Object> other = owner;
        if (other != null) {
            Rendezvous.ticketLast(other, task);
        }
        synchronized (finishers) {
            if (finishersTaken) {
                throw new IllegalStateException(FINISHED);
            }
            finishers.add(task);
        }
    }

    /** Why the program ends; null while it lives. */
    public @Nullable Reason reason() {
        ExitSequence running = sequence;
        if (running != null) {
            return running.reason();
        }
        BiFunction<String, Object[], Object> other = owner;
        return other == null ? null : Rendezvous.reason(other);
    }

    /** Nanoseconds until the deadline of the exit, not less than 0; -1 while the program lives or without a deadline. */
    public long timeLeftNanos() {
        ExitSequence running = sequence;
        if (running != null) {
            return running.timeLeftNanos();
        }
        BiFunction<String, Object[], Object> other = owner;
        return other == null ? -1 : Rendezvous.timeLeftNanos(other);
    }

    /** Whether the exit has begun. */
    public boolean exiting() {
        return sequence != null;
    }

    /** A signal came for which the library is responsible, and the exit has begun. */
    public void signalDuringExit(String name, int number) {
        ExitSequence running = sequence;
        if (running != null) {
            running.secondSignal().signalled(name, number);
        }
    }

    /** Runs the exit sequence of a scope that is not the JVM's, as if the JVM ended for this reason. */
    public ExitSummary simulateExit(Reason reason) {
        if (ownsJvm) {
            throw new IllegalStateException("the exit of the JVM cannot be simulated");
        }
        return begin(new ExitSequence(this, clock, reason));
    }

    /** The exit of the JVM. Called by the hook, once. */
    void exit() {
        begin(new ExitSequence(this, clock, null));
    }

    private ExitSummary begin(ExitSequence begun) {
        sequence = begun;
        return begun.run(stack.source(FINISHED));
    }

    ExitObserver observer() {
        ExitObserver observer = settings.observer;
        return observer != null ? observer : new StderrObserver();
    }

    /** The one that waits for objects to become unreachable. */
    Reaper reaper() {
        synchronized (finishers) {
            Reaper there = reaper;
            if (there == null) {
                there = new Reaper(this);
                reaper = there;
            }
            return there;
        }
    }

    /** Waits, bounded, for a task that runs outside the stack; false if it goes on. */
    boolean awaitReaper(long nanos) {
        Reaper there = reaper;
        return there == null || there.awaitIdle(nanos);
    }

    /** What is to run last; nothing more is accepted from now on. */
    List<Task> takeFinishers() {
        synchronized (finishers) {
            finishersTaken = true;
            return new ArrayList<>(finishers);
        }
    }

    @Override
    public void attach() {
        if (!ownsJvm) {
            return;
        }
        Object host = Rendezvous.host(this);
        BiFunction<String, Object[], Object> other = Rendezvous.foreign(host);
        if (other != null) {
            owner = other;
            return;
        }
        ExitHook created = ExitHook.create(this);
        try {
            Runtime.getRuntime().addShutdownHook(created);
        } catch (IllegalStateException shuttingDown) {
            throw new IllegalStateException(BEGUN, shuttingDown);
        }
        hook = created;
        UncaughtTracker.installIfWanted(settings.trackUncaught);
    }

    /** Gives up the place at the JVM's exit if nothing needs it, so that an undeployed application is not kept. */
    void leaveIfIdle() {
        stack.detachIfEmpty();
    }

    @Override
    public boolean detach() {
        if (!ownsJvm || sequence != null || !Rendezvous.mayLeave()) {
            return false;
        }
        synchronized (finishers) {
            if (!finishers.isEmpty()) {
                return false;
            }
        }
        ExitHook installed = hook;
        if (installed != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(installed);
            } catch (IllegalStateException shuttingDown) {
                return false;
            }
            hook = null;
        }
        owner = null;
        // With a table still in use the place stays ours, and the next push brings the hook back.
        Rendezvous.leave();
        return true;
    }

    @Override
    public void pushed(Task task) {
        BiFunction<String, Object[], Object> other = owner;
        if (other != null) {
            try {
                stack.ticketed(task, Rendezvous.ticket(other, task, stack));
            } catch (IllegalStateException tooLate) {
                stack.remove(task);
                throw tooLate;
            }
        }
    }
}
