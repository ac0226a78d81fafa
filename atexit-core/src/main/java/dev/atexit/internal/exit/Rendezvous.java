package dev.atexit.internal.exit;

import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where several copies of the library in one JVM (one in each of several class loaders) find each other: a thread group
 * below the root group, which every class loader can list. Copies share no class, so they talk in types of the JDK: the
 * group is a {@code BiFunction} from the name of an operation and its arguments to a result.
 *
 * <p>The copy that came first is the host. Operations of protocol 1: {@code register} (Callable body, String name or
 * null, Long timeout nanos) → Runnable that takes it back; {@code table} (String name) → ConcurrentMap; {@code reason} →
 * Object[] or null; {@code timeLeft} → Long.
 *
 * <p>Lock order: the stack's lock, then the root thread group's.
 */
public final class Rendezvous extends ThreadGroup implements BiFunction<String, Object[], Object> {
    private static final String FAMILY = "dev.atexit.rendezvous.";
    private static final String NAME = FAMILY + "1";
    private static final String REGISTER = "register";
    private static final String TABLE = "table";
    private static final String REASON = "reason";
    private static final String TIME_LEFT = "timeLeft";

    private static volatile @Nullable Object host;

    private final ExitScope scope;
    private final ConcurrentHashMap<String, ConcurrentMap<Object, Object>> tables = new ConcurrentHashMap<>();
    private volatile boolean visited;

    private Rendezvous(ThreadGroup root, ExitScope scope) {
        super(root, NAME);
        this.scope = scope;
    }

    /**
     * A map that all copies of the library in this JVM share. Put only types of the JDK into it.
     *
     * @param name what the map is for
     */
    public static ConcurrentMap<Object, Object> table(String name) {
        Object found = host(ExitScope.current());
        BiFunction<String, Object[], Object> foreign = foreign(found);
        if (foreign == null) {
            return ((Rendezvous) found).ownTable(name);
        }
        return foreignTable(foreign, name);
    }

    @SuppressWarnings("unchecked")
    private static ConcurrentMap<Object, Object> foreignTable(
            BiFunction<String, Object[], Object> foreign, String name) {
        return (ConcurrentMap<Object, Object>) foreign.apply(TABLE, new Object[] {name});
    }

    private ConcurrentMap<Object, Object> ownTable(String name) {
        ConcurrentMap<Object, Object> table = tables.get(name);
        if (table == null) {
            ConcurrentMap<Object, Object> fresh = new ConcurrentHashMap<>();
            table = tables.putIfAbsent(name, fresh);
            if (table == null) {
                table = fresh;
            }
        }
        return table;
    }

    /** The host of this JVM: a {@code Rendezvous} if it is this copy, which it becomes if there is none yet. */
    static Object host(ExitScope scope) {
        Object found = host;
        if (found != null) {
            return found;
        }
        ThreadGroup root = SystemThread.rootGroup();
        synchronized (root) {
            if (host == null) {
                host = findOrCreate(root, scope);
            }
            return host;
        }
    }

    private static Object findOrCreate(ThreadGroup root, ExitScope scope) {
        ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() + 16];
        int n = root.enumerate(groups, false);
        for (int i = 0; i < n; i++) {
            String name = groups[i].getName();
            if (name.equals(NAME) && groups[i] instanceof BiFunction<?, ?, ?>) {
                return groups[i];
            }
            if (name.startsWith(FAMILY)) {
                StderrObserver.print("another copy of atexit in this JVM speaks another protocol (" + Text.escape(name)
                        + "): each runs its own handlers, in no order between the two");
            }
        }
        return new Rendezvous(root, scope);
    }

    /** The host seen from outside, or null if this copy is the host. */
    @SuppressWarnings("unchecked")
    static @Nullable BiFunction<String, Object[], Object> foreign(Object found) {
        return found instanceof Rendezvous ? null : (BiFunction<String, Object[], Object>) found;
    }

    /** Whether the hook may go with the last handler: only where it would keep an undeployed application in memory. */
    static boolean mayLeave() {
        for (ClassLoader loader = ClassLoader.getSystemClassLoader(); loader != null; loader = loader.getParent()) {
            if (loader == Rendezvous.class.getClassLoader()) {
                return false;
            }
        }
        Object found = host;
        return found instanceof Rendezvous && !((Rendezvous) found).visited && ((Rendezvous) found).tables.isEmpty();
    }

    /** Gives the place of the host free. */
    @SuppressWarnings({"removal", "deprecation"})
    static void leave() {
        ThreadGroup root = SystemThread.rootGroup();
        synchronized (root) {
            if (host instanceof Rendezvous) {
                Rendezvous own = (Rendezvous) host;
                host = null;
                // Up to JDK 18 a group is held by its parent until it is destroyed; later this does nothing.
                own.destroy();
            }
        }
    }

    /** Gives a task of this copy a place in the order of the host. */
    static Runnable ticket(BiFunction<String, Object[], Object> host, Task task, HandlerStack stack) {
        Object[] arguments = {new Visit(task, stack), task.label(), task.timeoutNanos()};
        return (Runnable) host.apply(REGISTER, arguments);
    }

    static @Nullable Reason reason(BiFunction<String, Object[], Object> host) {
        Object[] parts = (Object[]) host.apply(REASON, new Object[0]);
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

    static long timeLeftNanos(BiFunction<String, Object[], Object> host) {
        return (Long) host.apply(TIME_LEFT, new Object[0]);
    }

    @Override
    public @Nullable Object apply(String operation, Object[] arguments) {
        visited = true;
        if (operation.equals(REGISTER)) {
            GuestTask task = new GuestTask((Callable<?>) arguments[0], (String) arguments[1], (Long) arguments[2]);
            scope.register(task);
            return new TakeBack(task);
        }
        if (operation.equals(TABLE)) {
            return ownTable((String) arguments[0]);
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

    /** Runs a task of this copy when the host has come to it. */
    private static final class Visit implements Callable<Object> {
        private final Task task;
        private final HandlerStack stack;

        Visit(Task task, HandlerStack stack) {
            this.task = task;
            this.stack = stack;
        }

        @Override
        public @Nullable Object call() throws Exception {
            if (stack.takeThis(task)) {
                TaskSource children = task.children();
                if (children != null) {
                    ExitScope.current().run(children);
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
