package dev.atexit.process;

import dev.atexit.AtExit;
import dev.atexit.Registration;
import dev.atexit.lock.FileLocks;
import dev.atexit.lock.HeldLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Uses the copy of the library that is in its own class loader; called by reflection from {@link CopiesProgram}. */
public final class CopyUser {
    private static final Map<String, Registration> REGISTRATIONS = new HashMap<>();

    private static @Nullable HeldLock lock;

    private CopyUser() {}

    /** Registers a handler that prints its name. */
    public static void register(String name) {
        REGISTRATIONS.put(name, AtExit.register(name, () -> System.out.println(name)));
    }

    /** Takes it back. */
    public static boolean unregister(String name) {
        Registration registration = REGISTRATIONS.remove(name);
        return registration != null && registration.unregister();
    }

    /** Registers one that says why the program ends. */
    public static void registerReason(String name) {
        AtExit.register(
                name,
                () -> System.out.println(
                        name + " " + AtExit.exitReason().map(Object::toString).orElse("unknown")));
    }

    /** Registers one that registers another. */
    public static void registerTwice(String name) {
        AtExit.register(name, () -> {
            System.out.println(name);
            register(name + " again");
        });
    }

    /** Forgets all handlers of this copy. */
    public static void clear() {
        AtExit.clear();
    }

    /** Runs all handlers of this copy. */
    public static int runNow() {
        return AtExit.runExitHandlers().entries().size();
    }

    /** Takes a lock; false if it is taken. */
    public static boolean lock(Path path) throws IOException {
        lock = FileLocks.tryAcquire(path).orElse(null);
        return lock != null;
    }

    /** Gives the lock back. */
    public static void unlock() throws IOException {
        HeldLock held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }
}
