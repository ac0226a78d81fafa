package dev.atexit.internal.exit;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What two copies of the library in one JVM say to each other, on both sides of a {@link Rendezvous}. Apart from it, since
 * a program with one copy never needs this.
 */
final class Guests {
    static final String TABLE = "table";
    private static final String REGISTER = "register";
    private static final String REGISTER_LAST = "registerLast";
    private static final String REASON = "reason";
    private static final String TIME_LEFT = "timeLeft";
    private static final String EXITING = "exiting";
    private static final Object[] NOTHING = {};

    private Guests() {}

    /** Gives a task of this copy a place in the order of the host. */
    static Runnable ticket(BiFunction<String, Object[], Object> host, Task task, HandlerStack stack) {
        Object[] arguments = {new Visit(task, stack), task.label(), task.timeoutNanos()};
        return (Runnable) host.apply(REGISTER, arguments);
    }

    /** Has a task of this copy run after all handlers. */
    static void ticketLast(BiFunction<String, Object[], Object> host, Task task) {
        Object[] arguments = {new Visit(task, null), task.label(), task.timeoutNanos()};
        Runnable takeBack = (Runnable) host.apply(REGISTER_LAST, arguments);
        Objects.requireNonNull(takeBack, "takeBack");
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
        if (operation.equals(REGISTER)) {
            return GuestTask.register(scope, arguments, false);
        }
        if (operation.equals(REGISTER_LAST)) {
            return GuestTask.register(scope, arguments, true);
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

    /** Runs a task of this copy when the host has come to it. */
    private static final class Visit implements Callable<Object> {
        private final Task task;
        private final @Nullable HandlerStack stack;

        Visit(Task task, @Nullable HandlerStack stack) {
            this.task = task;
            this.stack = stack;
        }

        @Override
        public @Nullable Object call() throws Exception {
            if (stack == null || stack.takeThis(task)) {
                TaskSource children = task.children();
                if (children != null) {
                    ExitScope.jvm().run(children);
                } else {
                    runAsException();
                }
                task.release();
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

    /** In the host: a task of another copy. */
    private static final class GuestTask extends Task {
        private volatile @Nullable Callable<?> body;
        private final String label;
        private final long timeoutNanos;

        GuestTask(Callable<?> body, String label, long timeoutNanos) {
            this.body = body;
            this.label = label;
            this.timeoutNanos = timeoutNanos;
        }

        static Runnable register(ExitScope scope, Object[] arguments, boolean last) {
            GuestTask task = new GuestTask((Callable<?>) arguments[0], (String) arguments[1], (Long) arguments[2]);
            if (last) {
                scope.addFinisher(task);
            } else {
                scope.register(task);
            }
            return new TakeBack(task);
        }

        @Override
        protected void run() throws Throwable {
            Callable<?> visit = body;
            if (visit != null) {
                visit.call();
            }
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
