package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Reason;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exit handlers: cleanup that runs when the program ends, last registered first. The counterpart of Python's {@code
 * atexit}.
 *
 * <pre>{@code
 * AtExit.register("close-db", db::close);
 * Registration r = AtExit.register(() -> socket.close());
 * r.unregister();
 * }</pre>
 *
 * <p><b>When.</b> Handlers run at the end of {@code main}, after {@code System.exit}, after an uncaught exception that
 * ends the program, and on SIGTERM, SIGINT and SIGHUP. They do not run on {@code Runtime.halt}, SIGKILL, a crash of the
 * JVM or of the machine, and nothing held in memory can; what must be undone even then has to be written down before.
 *
 * <p><b>Threading.</b> All methods may be called from any thread at any time. At the JVM's exit handlers run one after
 * another on a thread of their own, which inherits nothing from whoever registered them: no thread-locals, and the system
 * class loader as context. {@link #runExitHandlers} runs them on the caller's thread. A handler must not wait for the
 * thread that called {@code System.exit}, nor for a lock that it holds: that thread waits for the handlers.
 *
 * <p><b>Ordering.</b> Last in, first out. A handler that is registered while handlers run runs next.
 *
 * <p><b>Failure.</b> Whatever a handler throws is printed to standard error and kept in the {@link ExitReport}; the
 * others run, and the exit status does not change. A handler that calls {@code System.exit} is left behind where it
 * stands, and the others run; when the call comes from a thread that the handler waits for, this is not seen, and only a
 * timeout or the deadline ends the wait.
 *
 * <p><b>Time.</b> No bound by default; after 10 s in one handler a line on standard error names it and shows where it
 * stands. {@link ExitPolicy.Builder#deadline} bounds the whole exit. Registering and unregistering by handle are O(1).
 *
 * <p><b>Not guaranteed.</b> The order between these handlers and foreign shutdown hooks, which the JVM starts all at once.
 * That a handler left behind does not overlap later ones. That anything runs when the JVM cannot start the thread of its
 * shutdown hook.
 */
public final class AtExit {
    private AtExit() {}

    /**
     * Registers a handler. Registered several times, it runs several times.
     *
     * @param handler what to run
     * @return the handle, to unregister it in O(1)
     * @throws IllegalStateException if it is too late: handlers have run, or the JVM's shutdown began before the first
     *     registration; nothing is stored
     */
    public static Registration register(ExitHandler handler) {
        return HandlerTask.register(null, Objects.requireNonNull(handler, "handler"), 0);
    }

    /**
     * Registers a handler with a name, for reports and messages. Names need not be unique; see {@link CleanupRegistry}
     * for that.
     *
     * @param name not blank
     * @param handler what to run
     * @return the handle
     * @throws IllegalStateException as {@link #register(ExitHandler)}
     */
    public static Registration register(String name, ExitHandler handler) {
        return HandlerTask.register(Arguments.name(name), Objects.requireNonNull(handler, "handler"), 0);
    }

    /**
     * Registers a handler with a bound of its own. Past it the handler is interrupted and, 100 ms later, left behind. In
     * {@link #runExitHandlers} it runs on a thread of the library, since the caller's own thread cannot be left behind.
     *
     * @param name not blank
     * @param handler what to run
     * @param timeout positive
     * @return the handle
     * @throws IllegalStateException as {@link #register(ExitHandler)}
     */
    public static Registration register(String name, ExitHandler handler, Duration timeout) {
        Objects.requireNonNull(handler, "handler");
        return HandlerTask.register(Arguments.name(name), handler, Arguments.positiveNanos("timeout", timeout));
    }

    /**
     * Registers a handler with its argument, as {@code atexit.register(fn, arg)}.
     *
     * @param <T> the argument's type
     * @param handler what to run
     * @param argument what to give it
     * @return the handle
     * @throws IllegalStateException as {@link #register(ExitHandler)}
     */
    public static <T> Registration register(BoundHandler<? super T> handler, T argument) {
        return push(null, handler, argument);
    }

    /**
     * Registers a handler with its argument and a name.
     *
     * @param <T> the argument's type
     * @param name not blank
     * @param handler what to run
     * @param argument what to give it
     * @return the handle
     * @throws IllegalStateException as {@link #register(ExitHandler)}
     */
    public static <T> Registration register(String name, BoundHandler<? super T> handler, T argument) {
        return push(Arguments.name(name), handler, argument);
    }

    private static <T> Registration push(@Nullable String name, BoundHandler<? super T> handler, T argument) {
        Objects.requireNonNull(handler, "handler");
        return BoundTask.register(name, handler, Objects.requireNonNull(argument, "argument"));
    }

    /**
     * Registers that a resource is closed, and returns the resource. {@link #unregister} with the resource undoes it.
     *
     * @param <T> the resource's type
     * @param resource what to close
     * @return the resource
     * @throws IllegalStateException as {@link #register(ExitHandler)}; the resource stays open
     */
    public static <T extends AutoCloseable> T closing(T resource) {
        ClosingTask.register(Objects.requireNonNull(resource, "resource"));
        return resource;
    }

    /**
     * Removes every pending registration of a handler that is equal to this one, with or without bound arguments, or of
     * this very resource; silent if there is none. Two evaluations of {@code db::close} or of a lambda are not equal, so
     * that none is found: keep the instance or, better, the {@link Registration}. O(n).
     *
     * @param handler an {@link ExitHandler}, a {@link BoundHandler}, or a resource given to {@link #closing}
     * @return whether there was one
     * @throws RuntimeException whatever a handler's {@code equals} throws; the stack stays sound
     */
    public static boolean unregister(Object handler) {
        return ExitScope.current().unregisterMatching(Objects.requireNonNull(handler, "handler"));
    }

    /**
     * Forgets every handler that waits, as {@code atexit._clear()}. Temp files, pid files, and what closes last stay. O(n).
     */
    public static void clear() {
        ExitScope.current().clear();
    }

    /**
     * Counts the handlers that wait, as {@code atexit._ncallbacks()}.
     *
     * @return how many {@link #clear} would forget
     */
    public static int count() {
        return ExitScope.current().count();
    }

    /**
     * Runs every handler now, last in, first out, each removed before it runs, as {@code atexit._run_exitfuncs()}. Temp
     * files and pid files go too; logging stays open. On the calling thread, but for handlers with a timeout. A second
     * call runs nothing. Does not throw what handlers throw.
     *
     * @return what became of them
     */
    public static ExitReport runExitHandlers() {
        return Reports.report(ExitScope.current().runNow());
    }

    /**
     * Registers the static methods of a class that are marked with {@link OnExit}, private ones too. All or none.
     *
     * @param type the class; its superclasses are not looked at
     * @return the handles, in the order in which the methods run
     * @throws IllegalArgumentException if a marked method has parameters, returns something, is an instance method, or
     *     cannot be reached; if two have the same order; or if there is none. The message has the methods' names
     * @throws IllegalStateException as {@link #register(ExitHandler)}
     */
    public static List<Registration> registerAnnotated(Class<?> type) {
        return AnnotatedMethods.register(Objects.requireNonNull(type, "type"), null);
    }

    /**
     * Registers the methods of an object that are marked with {@link OnExit}: those of its class and of its superclasses,
     * static and private ones too. All or none.
     *
     * @param object whose methods are called; it is kept in memory until they have run. A {@code Class} is taken as by
     *     {@link #registerAnnotated(Class)}
     * @return the handles, in the order in which the methods run
     * @throws IllegalArgumentException as {@link #registerAnnotated(Class)}, but instance methods are welcome
     * @throws IllegalStateException as {@link #register(ExitHandler)}
     */
    public static List<Registration> registerAnnotated(Object object) {
        Objects.requireNonNull(object, "object");
        if (object instanceof Class<?> type) {
            return AnnotatedMethods.register(type, null);
        }
        return AnnotatedMethods.register(object.getClass(), object);
    }

    /**
     * Runs an action when an object has become unreachable or, if it never does, at exit: once, whichever comes first. As
     * {@code weakref.finalize}. Does not keep the object alive, so the action must not refer to it. Before exit the
     * action runs on a thread of the library that runs one after another; exit waits at most 10 s for the one in progress.
     *
     * @param object whose end is awaited
     * @param action what to run; what it throws is printed
     * @return the handle
     * @throws IllegalStateException as {@link #register(ExitHandler)}
     */
    public static Registration whenUnreachable(Object object, ExitHandler action) {
        Objects.requireNonNull(object, "object");
        return UnreachableTask.register(object, Objects.requireNonNull(action, "action"));
    }

    /**
     * Registers cleanup as data. It is written down before this returns, and so is done also if the program is killed. On an
     * ordinary exit this program does it itself, in its place among the handlers; {@link #clear} does not forget it.
     *
     * @param action what to do; the files it names must be there
     * @return the handle; {@code unregister} strikes it out
     * @throws java.nio.file.NoSuchFileException if a file is not there
     * @throws IOException if a file cannot be looked at, or is not what the action asks for; nothing is registered
     * @throws IllegalArgumentException if the action is too large to be written down: more than 65,535 bytes, or 16 levels
     * @throws IllegalStateException as {@link #register(ExitHandler)}; or if it has a command, and {@link
     *     ExitPolicy.Builder#commands} does not allow those
     */
    public static Registration registerDurable(DurableAction action) throws IOException {
        return DurableTask.register(Objects.requireNonNull(action, "action"));
    }

    /**
     * Sets how the exit behaves. Replaces what was set before; the operator's settings win over it.
     *
     * @param policy the policy
     * @throws IllegalStateException if the exit has begun
     */
    public static void configure(ExitPolicy policy) {
        ExitScope.current().configure(Objects.requireNonNull(policy, "policy").settings());
    }

    /**
     * Why the program ends; to be asked from anywhere, such as a readiness probe. The first call during an exit looks at
     * the stacks of all threads.
     *
     * @return empty while the program lives, or as long as no handler was ever registered
     */
    public static Optional<ExitReason> exitReason() {
        Reason reason = ExitScope.current().reason();
        return reason == null ? Optional.empty() : Optional.of(Reports.reason(reason));
    }

    /**
     * How long the exit may still take.
     *
     * @return the time until the deadline, not less than zero; empty while the program lives, and without a deadline
     */
    public static Optional<Duration> timeLeft() {
        long nanos = ExitScope.current().timeLeftNanos();
        return nanos < 0 ? Optional.empty() : Optional.of(Duration.ofNanos(nanos));
    }
}
