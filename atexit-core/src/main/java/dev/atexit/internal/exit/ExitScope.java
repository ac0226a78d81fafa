package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * One handler stack with all that belongs to it: its hook, its settings, what closes last, and its exit sequence. There
 * is one for the JVM; tests put others in its place.
 *
 * <p>Where several copies of the library live in one JVM, one owns the exit: the program's own copy, or else the first to
 * register. In the others every pushed task also gets a ticket on the owner's stack, so that there is one order.
 */
public final class ExitScope implements Runnable {
    private static final String FINISHED = "too late to register: the exit handlers of this program have already run";
    private static final String BEGUN =
            "too late to register: the JVM is shutting down and no exit handler was there before";

    /** What an operator can set, and with {@link #VARIABLES} the other names of the same. Constants load no class. */
    private static final String[] PROPERTIES = {
        EffectivePolicy.DEADLINE,
        EffectivePolicy.STUCK_NOTICE,
        EffectivePolicy.SECOND_SIGNAL,
        EffectivePolicy.TRACK_UNCAUGHT,
        EffectivePolicy.REPORT,
        EffectivePolicy.DISPLAY,
        EffectivePolicy.SITES
    };

    private static final String[] VARIABLES = {
        "ATEXIT_DEADLINE",
        "ATEXIT_STUCK_NOTICE",
        "ATEXIT_SECOND_SIGNAL",
        "ATEXIT_TRACK_UNCAUGHT",
        "ATEXIT_REPORT",
        "ATEXIT_DISPLAY",
        "ATEXIT_SITES"
    };

    /** Whether this copy of the library belongs to the program itself, and not to an application that may be undeployed. */
    static final boolean OF_THE_PROGRAM = isOfTheProgram();

    private static final String HOOK = "atexit-hook";
    private static final String FLIGHTS = "dev.atexit.internal.flight.Flights";

    private static final ExitScope JVM = new ExitScope(null, true, true);

    private static volatile ExitScope current = JVM;

    private static volatile boolean keepsSites;

    private final @Nullable Clock clock;
    private final boolean ownsJvm;

    /** Whether what operators have set counts. */
    private final boolean asksOutside;

    private final HandlerStack stack = new HandlerStack(this);
    private volatile @Nullable Settings settings;
    private volatile @Nullable ExitSequence sequence;
    private volatile @Nullable ReportSink reportSink;

    // Guarded by the lock of the stack.
    private @Nullable SystemThread hook;

    // Written under the lock of the stack, before the first task is pushed.
    private volatile @Nullable BiFunction<String, Object[], Object> owner;

    // Guarded by itself.
    private final List<Task> finishers = new ArrayList<>(0);

    // Guarded by finishers.
    private boolean finishersTaken;
    private @Nullable List<Task> openers;

    // Written under the lock of finishers.
    private volatile @Nullable Reaper reaper;

    private volatile boolean tablesUsed;

    private volatile @Nullable Runnable whenIdle;

    private ExitScope(@Nullable Clock clock, boolean ownsJvm, boolean asksOutside) {
        this.clock = clock;
        this.ownsJvm = ownsJvm;
        this.asksOutside = asksOutside;
    }

    private static boolean isOfTheProgram() {
        ClassLoader own = ExitScope.class.getClassLoader();
        for (ClassLoader loader = ClassLoader.getSystemClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader == own) {
                return true;
            }
        }
        return own == null;
    }

    /** The scope that registrations go to. */
    public static ExitScope current() {
        return current;
    }

    /** The scope that ends with the JVM. */
    public static ExitScope jvm() {
        return JVM;
    }

    /**
     * The thread that sees the exit of this JVM through, whichever copy of the library it belongs to; null if it has not
     * begun or has ended.
     */
    public static @Nullable Thread runningHook() {
        ThreadGroup root = SystemThread.rootGroup();
        Thread[] threads = new Thread[root.activeCount() + 16];
        int n = root.enumerate(threads, false);
        for (int i = 0; i < n; i++) {
            if (threads[i].getName().equals(HOOK)) {
                return threads[i];
            }
        }
        return null;
    }

    /**
     * A scope that is not the JVM's: it ends when it is told to.
     *
     * @param clock null for the JVM's own
     */
    public static ExitScope detached(@Nullable Clock clock) {
        return new ExitScope(clock, false, true);
    }

    /**
     * Sees an exit of the JVM through on the calling thread, which is or stands for one of its hooks: for tasks that nobody
     * has registered in a scope. What operators have set for the library does not count.
     *
     * @param sink who takes the report, if the settings ask for one
     */
    public static ExitSummary seeThrough(TaskSource tasks, Settings settings, ReportSink sink) {
        return seeThrough(tasks, settings, sink, null);
    }

    /** As above; with a reason, the JVM lives on. */
    static ExitSummary seeThrough(TaskSource tasks, Settings settings, ReportSink sink, @Nullable Reason simulated) {
        Thread guard = simulated == null ? StatusGuard.queue() : null;
        ExitScope scope = new ExitScope(null, false, false);
        scope.settings = settings;
        scope.reportSink = sink;
        ExitSequence begun = new ExitSequence(scope, null, simulated);
        scope.sequence = begun;
        begun.run(tasks, guard);
        return begun.summary();
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
        rememberSite(task);
        if (owner != null) {
            buyTicket(task);
        }
    }

    /** Remembers who registers a task, if that is wanted. */
    public static void rememberSite(Task task) {
        if (keepsSites) {
            Sites.remember(task);
        }
    }

    static @Nullable StackTraceElement siteOf(Task task) {
        return keepsSites ? Sites.of(task) : null;
    }

    /** Removes every task that matches; false if there was none. What {@code equals} throws is passed on. */
    public boolean unregisterMatching(Object handler) {
        return stack.removeMatching(handler);
    }

    /** Forgets every task that is not kept. */
    public void clear() {
        stack.clear();
        leaveIfIdle();
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
        ExitSummary summary = run(new OpenSource(stack));
        leaveIfIdle();
        return summary;
    }

    /** Runs the tasks of a source now, on the calling thread as far as no timeout asks for another. */
    public ExitSummary run(TaskSource source) {
        Unwinder unwinder = new Unwinder(clock, settings, true, 0);
        unwinder.runInline(source);
        return unwinder.summary();
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
        applyPolicy();
    }

    /** Null unless the JVM's flight recorder is in use. */
    static @Nullable FlightLog flightLog() {
        try {
            return FlightRecorder.isInitialized()
                    ? Class.forName(FLIGHTS)
                            .asSubclass(FlightLog.class)
                            .getConstructor()
                            .newInstance()
                    : null;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError noRecorder) {
            // A JDK without the module jdk.jfr: nobody records anything.
            return null;
        }
    }

    private void applyPolicy() {
        EffectivePolicy policy = effectivePolicy();
        keepsSites = policy != null && policy.sites;
        if (ownsJvm && policy != null && policy.tracksUncaught) {
            UncaughtTracker.install();
        }
    }

    /** What counts at this moment; null if nobody has said anything, and all is as by default. */
    @Nullable
    EffectivePolicy effectivePolicy() {
        Settings code = settings;
        if (!asksOutside) {
            return new EffectivePolicy(code, PolicySources.codeOnly());
        }
        boolean asked = code != null;
        for (int i = 0; i < PROPERTIES.length && !asked; i++) {
            asked = System.getProperty(PROPERTIES[i]) != null || System.getenv(VARIABLES[i]) != null;
        }
        return asked ? new EffectivePolicy(code) : null;
    }

    /** What code has set, or null. */
    public @Nullable Settings settings() {
        return settings;
    }

    /** Has a task run after the last handler, in the order of these calls: flushing and closing what others write to. */
    public void addFinisher(Task task) {
        synchronized (finishers) {
            if (finishersTaken) {
                throw new IllegalStateException(FINISHED);
            }
            // Before anything else: from now on the scope does not leave the exit to others.
            finishers.add(task);
        }
        boolean placed = false;
        try {
            // Nobody may ever register a handler: the exit must still be ours.
            stack.attachNow();
            BiFunction<String, Object[], Object> other = owner;
            if (other != null) {
                Guests.ticketLast(other, task);
            }
            placed = true;
        } finally {
            if (!placed) {
                removeFinisher(task);
            }
        }
    }

    /**
     * Has a task run before the first handler, in the order of these calls: telling others that the exit has begun. Only
     * the copy of the library that owns the exit does so. Does nothing once the exit has begun.
     */
    public void addOpener(Task task) {
        synchronized (finishers) {
            if (openers == null) {
                openers = new ArrayList<>(1);
            }
            openers.add(task);
        }
    }

    /**
     * Has a task run before the first handler, whichever copy of the library owns the exit: one that waits for somebody.
     *
     * @throws IllegalStateException if the exit has begun; nothing is stored
     */
    public void addGate(Task task) {
        if (exiting()) {
            throw new IllegalStateException("too late to register: the exit has begun");
        }
        // First, as with a finisher: from now on the scope does not leave the exit to others.
        addOpener(task);
        boolean placed = false;
        try {
            stack.attachNow();
            BiFunction<String, Object[], Object> other = owner;
            if (other != null) {
                Guests.ticketFirst(other, task);
            }
            placed = true;
        } finally {
            if (!placed) {
                removeOpener(task);
            }
        }
    }

    private void removeOpener(Task task) {
        synchronized (finishers) {
            if (openers != null) {
                openers.remove(task);
            }
        }
    }

    /** Whether something comes before the handlers: then this copy of the library stays where it is. */
    boolean hasOpeners() {
        synchronized (finishers) {
            return openers != null && !openers.isEmpty();
        }
    }

    /** What is pushed last runs first. */
    private void pushOpeners() {
        List<Task> taken;
        synchronized (finishers) {
            taken = openers;
            openers = null;
        }
        if (taken != null) {
            for (int i = taken.size() - 1; i >= 0; i--) {
                stack.push(taken.get(i));
            }
        }
    }

    /** Why the program ends; null while it lives. */
    public @Nullable Reason reason() {
        ExitSequence running = sequence;
        if (running != null) {
            return running.reason();
        }
        BiFunction<String, Object[], Object> other = knownHost();
        return other == null ? null : Guests.reason(other);
    }

    /** Nanoseconds until the deadline of the exit, not less than 0; -1 while the program lives or without a deadline. */
    public long timeLeftNanos() {
        ExitSequence running = sequence;
        if (running != null) {
            return running.timeLeftNanos();
        }
        BiFunction<String, Object[], Object> other = knownHost();
        return other == null ? -1 : Guests.timeLeftNanos(other);
    }

    /** The copy of the library that owns the exit, if it is another one; this one need not have registered anything. */
    private @Nullable BiFunction<String, Object[], Object> knownHost() {
        BiFunction<String, Object[], Object> other = owner;
        return other == null && ownsJvm && !OF_THE_PROGRAM ? Rendezvous.known() : other;
    }

    /** Whether this is the scope of the JVM, after whose exit there is nothing more. */
    public boolean endsWithJvm() {
        return ownsJvm;
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

    /** Says a line to whoever listens. Not to be called with a lock held. */
    public void say(String line) {
        ExitSequence running = sequence;
        if (running != null) {
            running.say(line);
        } else {
            Settings code = settings;
            new Notifier(clock, code == null ? null : code.observer, true).deliver(Notice.warning(line));
        }
    }

    /** Who takes the report of the exit; null for the library's own. */
    @Nullable
    ReportSink reportSink() {
        return reportSink;
    }

    /** The wall clock, in milliseconds since 1970. */
    public long millis() {
        return clock == null ? System.currentTimeMillis() : clock.millis();
    }

    /** Runs the exit sequence of a scope that is not the JVM's, as if the JVM ended for this reason. */
    public ExitSummary simulateExit(Reason reason) {
        if (ownsJvm) {
            throw new IllegalStateException("the exit of the JVM cannot be simulated");
        }
        ExitSequence begun = new ExitSequence(this, clock, reason);
        sequence = begun;
        stack.closeWhenEmpty(FINISHED);
        pushOpeners();
        begun.run(stack, null);
        return begun.summary();
    }

    /** The exit of the JVM. Called by the hook, once; the thread watches and does not run handlers itself. */
    @Override
    public void run() {
        // Started first: the rest goes on while it queues.
        Thread guard = StatusGuard.queue();
        ExitSequence begun = new ExitSequence(this, clock, null);
        sequence = begun;
        stack.closeWhenEmpty(FINISHED);
        pushOpeners();
        begun.run(stack, guard);
        if (tablesUsed) {
            Rendezvous.sayFarewells();
        }
    }

    /** The one that waits for objects to become unreachable. */
    Reaper reaper() {
        synchronized (finishers) {
            Reaper there = reaper;
            if (there == null) {
                there = new Reaper(this, clock);
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

    /**
     * Makes sure that the stack will be unwound. Called under the stack's lock before the first push.
     *
     * @throws IllegalStateException if it is too late for that
     */
    void attach() {
        if (!ownsJvm) {
            return;
        }
        if (!OF_THE_PROGRAM) {
            BiFunction<String, Object[], Object> other = Rendezvous.foreign(Rendezvous.host(this));
            if (other != null) {
                owner = other;
                return;
            }
        }
        SystemThread created = SystemThread.inheritingNothing(HOOK, this);
        try {
            Runtime.getRuntime().addShutdownHook(created);
        } catch (IllegalStateException shuttingDown) {
            throw new IllegalStateException(BEGUN, shuttingDown);
        }
        hook = created;
        owner = null;
        applyPolicy();
        FlightLog flight = flightLog();
        if (flight != null) {
            flight.prepare();
        }
    }

    /** Something was put into a table: the class loader of this copy must not go before it is taken out. */
    void usesTables() {
        tablesUsed = true;
        if (ownsJvm && !OF_THE_PROGRAM) {
            try {
                stack.attachNow();
            } catch (IllegalStateException shuttingDown) {
                // Then nothing is undeployed any more.
                return;
            }
        }
    }

    /**
     * Gives up the place at the JVM's exit if nothing of this copy needs it, so that an undeployed application is not kept.
     * Others who have a place here are told to look for another. Not to be called with a lock held.
     */
    void leaveIfIdle() {
        if (ownsJvm && !OF_THE_PROGRAM && sequence == null) {
            Runnable callback = whenIdle;
            if (callback != null && stack.isEmpty()) {
                callback.run();
            }
            Departure.ifIdle(this, stack);
        }
    }

    /**
     * Sets what is called when the last task of this copy has gone, and it could leave the JVM but for its tables. It may be
     * called when there is nothing to do, and must neither throw nor register anything.
     */
    public void whenIdle(Runnable callback) {
        whenIdle = callback;
    }

    /** What closes last, as long as it is not taken. */
    List<Task> finishers() {
        synchronized (finishers) {
            return new ArrayList<>(finishers);
        }
    }

    void removeFinisher(Task task) {
        synchronized (finishers) {
            finishers.remove(task);
        }
    }

    /**
     * For a scope whose host leaves: the next host, or null if this copy is it.
     *
     * @throws IllegalStateException if the JVM is shutting down and all stays as it is
     */
    @Nullable
    BiFunction<String, Object[], Object> ownerAfterLeaving() {
        BiFunction<String, Object[], Object> known = owner;
        if (known != null && !Rendezvous.present(known)) {
            attach();
        }
        return owner;
    }

    /** As for a task of the stack, for what closes last. */
    void moveLastToOtherHost(Task task) {
        BiFunction<String, Object[], Object> next = stack.ownerAfterLeaving();
        if (next != null) {
            Guests.ticketLast(next, task);
        }
    }

    /** The last task has left, under the stack's lock; true if the scope let go and must attach again. */
    boolean detach() {
        if (!ownsJvm || OF_THE_PROGRAM || sequence != null) {
            return false;
        }
        BiFunction<String, Object[], Object> other = owner;
        if (other != null ? Guests.isExiting(other) : Rendezvous.isUsed()) {
            return false;
        }
        synchronized (finishers) {
            if (!finishers.isEmpty() || hasOpeners()) {
                return false;
            }
        }
        SystemThread installed = hook;
        if (installed != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(installed);
            } catch (IllegalStateException shuttingDown) {
                return false;
            }
            hook = null;
        }
        owner = null;
        // Should a table have come into use meanwhile, whoever uses it brings the hook back.
        Rendezvous.leave();
        return true;
    }

    /** Gives a task that was pushed a place in the order of the copy that owns the exit; or takes it back. */
    private void buyTicket(Task task) {
        BiFunction<String, Object[], Object> other = owner;
        if (other != null) {
            try {
                stack.ticketed(task, Guests.ticket(other, task, stack));
            } catch (IllegalStateException tooLate) {
                stack.remove(task);
                throw tooLate;
            }
        }
    }
}
