package dev.atexit.internal.exit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where several copies of the library in one JVM (one in each of several class loaders) find each other: a thread group
 * below the root group, which every class loader can list. Copies share no class, so they talk in types of the JDK: the
 * group is a {@code BiFunction} from the name of an operation and its arguments to a result.
 *
 * <p>The copy that the program itself has loaded is the host, and stays it; it does not even load this class unless another
 * copy wakes it. Where there is none, the copy that came first is the host. That one leaves when it has nothing left to do, so
 * that an undeployed application is not kept in memory; whoever comes next is the new host. Operations of protocol 1: {@code present} → Boolean;
 * {@code register} (body, String label, Long timeout nanos, String name or null, Boolean whether a stack trace is worth
 * printing), {@code registerFirst} and {@code registerLast} (the same) → Runnable that takes it back, where the body is a Callable that runs it, a
 * UnaryOperator that makes the line for its failure, and a BooleanSupplier that looks for another host; {@code table} (String name, Function of a Map) → what the function returns; {@code reason} → Object[] or
 * null; {@code timeLeft} → Long; {@code exiting} → Boolean.
 *
 * <p>A host keeps its hook as long as anything is registered with it or in a table of its: the hook is what keeps its class
 * loader in memory. When only others need it, it leaves all the same, and they look for another; but not while a table is in
 * use.
 *
 * <p>Lock order: the stack's lock, then the root thread group's, then {@code tables}.
 */
public final class Rendezvous extends ThreadGroup implements BiFunction<String, Object[], Object> {
    // Not the name of a package, which tools that rename packages inside a jar would rename as well.
    private static final String FAMILY = "atexit-rendezvous-";
    private static final String NAME = FAMILY + "1";
    /** Under this key a table may have a Runnable that the host calls when its exit is over. It must not throw. */
    public static final String FAREWELL = "farewell";

    private static final String PRESENT = "present";
    private static final Object[] NOTHING = {};

    private static volatile @Nullable Object host;

    static {
        if (ExitScope.OF_THE_PROGRAM) {
            host(ExitScope.jvm());
        }
    }

    private final ExitScope scope;

    // Guarded by itself.
    private final Map<String, Map<Object, Object>> tables = new HashMap<>();

    // Set under the locks of the root group and of tables; then this group is host no more.
    private volatile boolean left;

    private Rendezvous(ThreadGroup root, ExitScope scope) {
        super(root, NAME);
        this.scope = scope;
    }

    /**
     * Lets {@code use} work on a map that all copies of the library in this JVM share, while nobody else does. Put only
     * types of the JDK into it; do not block, and do not call the library.
     *
     * @param name what the map is for
     */
    @SuppressWarnings("unchecked")
    public static <R> R withTable(String name, Function<Map<Object, Object>, R> use) {
        ExitScope scope = ExitScope.jvm();
        Object found = host(scope);
        BiFunction<String, Object[], Object> foreign = foreign(found);
        R result = foreign == null
                ? ((Rendezvous) found).useTable(name, use)
                : (R) foreign.apply(Guests.TABLE, new Object[] {name, use});
        scope.leaveIfIdle();
        return result;
    }

    <R> R useTable(String name, Function<Map<Object, Object>, R> use) {
        boolean used;
        R result;
        synchronized (tables) {
            if (left) {
                return withTable(name, use);
            }
            Map<Object, Object> table = tables.get(name);
            if (table == null) {
                table = new HashMap<>();
                tables.put(name, table);
            }
            result = use.apply(table);
            if (table.isEmpty()) {
                tables.remove(name);
            }
            used = !tables.isEmpty();
        }
        if (used) {
            scope.usesTables();
        }
        // Whoever emptied the table may be another copy, which cannot ask this one to leave.
        scope.leaveIfIdle();
        return result;
    }

    /** At the end of the host's exit: lets those who have left a farewell in a table say it. */
    static void sayFarewells() {
        if (host instanceof Rendezvous own) {
            List<Runnable> farewells = new ArrayList<>(1);
            synchronized (own.tables) {
                for (Map<Object, Object> table : own.tables.values()) {
                    if (table.get(FAREWELL) instanceof Runnable farewell) {
                        farewells.add(farewell);
                    }
                }
            }
            for (Runnable farewell : farewells) {
                farewell.run();
            }
        }
    }

    /** Whether this copy is the host and a table of its is in use. */
    static boolean isUsed() {
        if (host instanceof Rendezvous own) {
            synchronized (own.tables) {
                return !own.tables.isEmpty();
            }
        }
        return false;
    }

    /** The host of this JVM if it is another copy; null if it is this one, or there is none yet. */
    static @Nullable BiFunction<String, Object[], Object> known() {
        Object found = host;
        if (found == null || !present(found)) {
            wakeTheCopyOfTheProgram();
            found = find(SystemThread.rootGroup());
        }
        return found == null ? null : foreign(found);
    }

    /** The host of this JVM: a {@code Rendezvous} if it is this copy, which it becomes if there is none yet. */
    static Object host(ExitScope scope) {
        Object found = host;
        if (found != null && present(found)) {
            return found;
        }
        if (!ExitScope.OF_THE_PROGRAM) {
            // Without a lock: another thread may be doing it at this moment, and that one needs the lock.
            wakeTheCopyOfTheProgram();
        }
        ThreadGroup root = SystemThread.rootGroup();
        synchronized (root) {
            found = host;
            if (found == null || !present(found)) {
                found = find(root);
                if (found == null) {
                    found = new Rendezvous(root, scope);
                }
                host = found;
            }
            return found;
        }
    }

    /** The host that is there, whichever copy it is. */
    private static @Nullable Object find(ThreadGroup root) {
        ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() + 16];
        int n = root.enumerate(groups, false);
        for (int i = 0; i < n; i++) {
            String name = groups[i].getName();
            if (name.equals(NAME) && groups[i] instanceof BiFunction<?, ?, ?>) {
                if (present(groups[i])) {
                    return groups[i];
                }
            } else if (name.startsWith(FAMILY)) {
                StderrObserver.print("another copy of atexit in this JVM speaks another protocol (" + Text.escape(name)
                        + "): each runs its own handlers, in no order between the two");
            }
        }
        return null;
    }

    /** Has the program's own copy, if it has one, make its group: initialising this class there does it. */
    private static void wakeTheCopyOfTheProgram() {
        try {
            Class.forName(Rendezvous.class.getName(), true, ClassLoader.getSystemClassLoader());
        } catch (ClassNotFoundException | LinkageError none) {
            // Then one of the other copies is the host.
            return;
        }
    }

    /** The host seen from outside, or null if this copy is the host. */
    @SuppressWarnings("unchecked")
    static @Nullable BiFunction<String, Object[], Object> foreign(Object found) {
        return found instanceof Rendezvous ? null : (BiFunction<String, Object[], Object>) found;
    }

    /** Whether this host has not left; a group that has is listed until it is collected. */
    @SuppressWarnings("unchecked")
    static boolean present(Object found) {
        return found instanceof Rendezvous own
                ? !own.left
                : Boolean.TRUE.equals(((BiFunction<String, Object[], Object>) found).apply(PRESENT, NOTHING));
    }

    /** Lets go of the other host, or gives the place of the host free; false if a table is still in use. */
    @SuppressWarnings({"removal", "deprecation"})
    static boolean leave() {
        ThreadGroup root = SystemThread.rootGroup();
        synchronized (root) {
            Object found = host;
            if (found instanceof Rendezvous own) {
                synchronized (own.tables) {
                    if (!own.tables.isEmpty()) {
                        return false;
                    }
                    own.left = true;
                }
                // Up to JDK 18 a group is held by its parent until it is destroyed; later this does nothing.
                own.destroy();
            }
            host = null;
            return true;
        }
    }

    @Override
    public @Nullable Object apply(String operation, Object[] arguments) {
        return operation.equals(PRESENT) ? (Object) !left : Guests.serve(this, scope, operation, arguments);
    }
}
