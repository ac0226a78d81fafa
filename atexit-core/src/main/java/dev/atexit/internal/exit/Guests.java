package dev.atexit.internal.exit;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What two copies of the library in one JVM say to each other, on both sides of a {@link Rendezvous}. Apart from it, since
 * a program with one copy never needs this.
 */
final class Guests {
    static final String TABLE = "table";
    private static final String REGISTER = "register";
    private static final String REGISTER_FIRST = "registerFirst";
    private static final String REGISTER_LAST = "registerLast";
    private static final String REASON = "reason";
    private static final String TIME_LEFT = "timeLeft";
    private static final String EXITING = "exiting";
    private static final Object[] NOTHING = {};

    private Guests() {}

    /** Gives a task of this copy a place in the order of the host. */
    static Runnable ticket(BiFunction<String, Object[], Object> host, Task task, HandlerStack stack) {
        return ask(host, REGISTER, new Visit(task, stack));
    }

    /** Has a task of this copy run before all handlers. */
    static void ticketFirst(BiFunction<String, Object[], Object> host, Task task) {
        ask(host, REGISTER_FIRST, new Visit(task, null));
    }

    /** Has a task of this copy run after all handlers. */
    static void ticketLast(BiFunction<String, Object[], Object> host, Task task) {
        ask(host, REGISTER_LAST, new Visit(task, null));
    }

    private static Runnable ask(BiFunction<String, Object[], Object> host, String operation, Visit visit) {
        Task task = visit.task;
        @Nullable Object[] arguments = {visit, task.label(), task.timeoutNanos(), task.name(), task.printsStackTrace()};
        return Objects.requireNonNull((Runnable) host.apply(operation, arguments), operation);
    }

    /** In a host that leaves: has a task of another copy look for another host; false if it has to stay. */
    static boolean move(Task task) {
        return task instanceof GuestTask guest && guest.move();
    }

    static @Nullable Reason reason(BiFunction<String, Object[], Object> host) {
        Object[] parts = (Object[]) host.apply(REASON, NOTHING);
        if (parts == null) {
            return null;
        }
        String kind = (String) parts[0];
        if (kind.equals(Reason.Kind.SIGNAL.name())) {
            return Reason.signal((String) parts[1]);
        }
        if (kind.equals(Reason.Kind.SYSTEM_EXIT.name())) {
            return Reason.systemExit((StackTraceElement) parts[2]);
        }
        if (kind.equals(Reason.Kind.UNCAUGHT.name())) {
            return Reason.uncaught((String) parts[3], (Throwable) parts[4]);
        }
        return Reason.endOfMain();
    }

    /** Whether the exit has begun: then nobody leaves any more. */
    static boolean isExiting(BiFunction<String, Object[], Object> host) {
        return Boolean.TRUE.equals(host.apply(EXITING, NOTHING));
    }

    static long timeLeftNanos(BiFunction<String, Object[], Object> host) {
        return (Long) host.apply(TIME_LEFT, NOTHING);
    }

    /** In the host: does what another copy asks for. */
    static @Nullable Object serve(Rendezvous host, ExitScope scope, String operation, Object[] arguments) {
        if (operation.equals(REGISTER) || operation.equals(REGISTER_FIRST) || operation.equals(REGISTER_LAST)) {
            return GuestTask.register(scope, arguments, operation);
        }
        if (operation.equals(TABLE)) {
            return host.useTable((String) arguments[0], tableUse(arguments[1]));
        }
        if (operation.equals(EXITING)) {
            return scope.exiting();
        }
        if (operation.equals(TIME_LEFT)) {
            return scope.timeLeftNanos();
        }
        if (operation.equals(REASON)) {
            Reason reason = scope.reason();
            return reason == null
                    ? null
                    : new Object[] {reason.kind.name(), reason.signal, reason.caller, reason.threadName, reason.error};
        }
        throw new IllegalArgumentException("unknown operation: " + operation);
    }

    @SuppressWarnings("unchecked")
    private static Function<Map<Object, Object>, Object> tableUse(Object use) {
        return (Function<Map<Object, Object>, Object>) use;
    }

    /** What the host knows of a task of this copy: runs it when the host has come to it, or moves it to another one. */
    private static final class Visit implements Callable<@Nullable Object>, UnaryOperator<String>, BooleanSupplier {
        final Task task;
        private final @Nullable HandlerStack stack;

        Visit(Task task, @Nullable HandlerStack stack) {
            this.task = task;
            this.stack = stack;
        }

        @Override
        public @Nullable Object call() throws Exception {
            if (stack == null || stack.takeThis(task)) {
                try {
                    TaskSource children = task.children();
                    if (children != null) {
                        ExitScope.jvm().run(children);
                    } else {
                        runAsException();
                    }
                } finally {
                    task.release();
                }
            }
            return null;
        }

        private void runAsException() throws Exception {
            try {
                task.run();
            } catch (Exception | Error thrown) {
                throw thrown;
            } catch (Throwable thrown) {
                throw new IllegalStateException(thrown);
            }
        }

        @Override
        public String apply(String error) {
            return task.failureLine(error);
        }

        @Override
        public boolean getAsBoolean() {
            try {
                if (stack == null) {
                    ExitScope.jvm().moveLastToOtherHost(task);
                } else {
                    stack.moveToOtherHost(task);
                }
                return true;
            } catch (IllegalStateException shuttingDown) {
                // The host that wants to leave will run it.
                return false;
            }
        }
    }

    /** In the host: takes a task of another copy back. */
    private static final class TakeBack implements Runnable {
        private final Task task;

        TakeBack(Task task) {
            this.task = task;
        }

        @Override
        public void run() {
            task.unregister();
        }
    }

    /** In the host: puts a task of another copy where it belongs. */
    private static final class Registering implements PrivilegedAction<Runnable> {
        private final ExitScope scope;
        private final GuestTask task;
        private final String operation;

        Registering(ExitScope scope, GuestTask task, String operation) {
            this.scope = scope;
            this.task = task;
            this.operation = operation;
        }

        @Override
        public Runnable run() {
            if (operation.equals(REGISTER_LAST)) {
                scope.addFinisher(task);
            } else if (operation.equals(REGISTER_FIRST)) {
                scope.addGate(task);
            } else {
                scope.register(task);
            }
            return new TakeBack(task);
        }
    }

    /** In the host: a task of another copy. */
    private static final class GuestTask extends Task {
        private volatile @Nullable Object body;
        private final String label;
        private final long timeoutNanos;
        private final @Nullable String name;
        private final boolean printsStackTrace;

        private GuestTask(@Nullable Object[] arguments) {
            this.body = Objects.requireNonNull(arguments[0]);
            this.label = (String) Objects.requireNonNull(arguments[1]);
            this.timeoutNanos = (Long) Objects.requireNonNull(arguments[2]);
            this.name = (String) arguments[3];
            this.printsStackTrace = (Boolean) Objects.requireNonNull(arguments[4]);
        }

        @SuppressWarnings("removal")
        static Runnable register(ExitScope scope, @Nullable Object[] arguments, String operation) {
            // A thread made for the guest must not remember the guest's classes, as it would up to JDK 23.
            return AccessController.doPrivileged(new Registering(scope, new GuestTask(arguments), operation));
        }

        @Override
        protected void run() throws Throwable {
            Object visit = body;
            if (visit != null) {
                ((Callable<?>) visit).call();
            }
        }

        boolean move() {
            Object visit = body;
            return visit == null || ((BooleanSupplier) visit).getAsBoolean();
        }

        @Override
        @SuppressWarnings("unchecked")
        protected String failureLine(String error) {
            Object visit = body;
            return visit == null ? super.failureLine(error) : ((UnaryOperator<String>) visit).apply(error);
        }

        @Override
        protected boolean printsStackTrace() {
            return printsStackTrace;
        }

        @Override
        public @Nullable String name() {
            return name;
        }

        @Override
        boolean isGuest() {
            return true;
        }

        @Override
        protected void release() {
            body = null;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public long timeoutNanos() {
            return timeoutNanos;
        }

        @Override
        public boolean kept() {
            // Only the copy it belongs to may clear it.
            return true;
        }
    }
}
