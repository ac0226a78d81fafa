package dev.atexit.process;

import dev.atexit.AtExit;
import dev.atexit.ExitEvent;
import dev.atexit.ExitPolicy;
import dev.atexit.Registration;
import dev.atexit.file.PidFile;
import dev.atexit.file.TempManager;
import dev.atexit.internal.durable.Durables;
import dev.atexit.internal.exit.Rendezvous;
import dev.atexit.internal.journal.Action;
import dev.atexit.lock.FileLocks;
import dev.atexit.lock.HeldLock;
import dev.atexit.lock.ResourceGuard;
import dev.atexit.logging.LoggingShutdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Uses the copy of the library that is in its own class loader; called by reflection from {@link CopiesProgram}. */
public final class CopyUser {
    private static final Map<String, Registration> REGISTRATIONS = new HashMap<>();

    private static final List<Logger> LOGGERS = new ArrayList<>();

    private static final TempManager TEMP = new TempManager();

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

    /** Registers one that fails. */
    public static void registerFailing(String name) {
        AtExit.register(name, () -> {
            throw new IOException("no");
        });
    }

    /** Registers what prints its own words when it fails. */
    public static void guard(String name) throws Exception {
        ResourceGuard.<String>of(name, () -> name, held -> {
                    throw new IOException("no");
                })
                .acquire();
    }

    /** Registers what runs after all handlers. */
    public static void registerLast(String name) {
        LoggingShutdown.register();
        Logger logger = Logger.getLogger("dev.atexit.copies");
        logger.setUseParentHandlers(false);
        logger.addHandler(new Handler() {
            @Override
            public void publish(LogRecord line) {
                System.out.println("logged: " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {
                System.out.println(name + " closes");
            }
        });
        LOGGERS.add(logger);
    }

    /** Says why the program ends, from wherever it is called. */
    public static String reason(String otherwise) {
        return AtExit.exitReason().map(Object::toString).orElse(otherwise);
    }

    /** Registers and takes back, over and over. */
    public static void churn(String name) {
        for (int i = 0; i < 2_000; i++) {
            Registration registration = AtExit.register(() -> System.out.println("must not run"));
            if (!registration.unregister()) {
                System.out.println(name + " lost one");
            }
        }
    }

    /** Tries to register when it is too late. */
    public static void registerLate(String name) {
        try {
            register(name);
            System.out.println(name + " registered");
        } catch (IllegalStateException e) {
            System.out.println(name + " refused, pending " + AtExit.count());
        }
    }

    /** Calls another copy when all handlers of this one have run. */
    public static void whenOver(Runnable action) {
        AtExit.configure(ExitPolicy.builder()
                .listener(event -> {
                    if (event instanceof ExitEvent.Ended) {
                        action.run();
                    }
                })
                .build());
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

    /** Makes a tree and a pid file that will have to go. */
    public static void owe(Path directory, String name) throws IOException {
        Path tree = TEMP.createDirectory(directory, "owed-");
        Files.writeString(tree.resolve("file"), name);
        PidFile.write(directory.resolve("owed-" + name + ".pid"));
    }

    /** Makes a tree, and deletes it. */
    public static void oweNothing(String directory) throws IOException {
        TempManager temp = new TempManager();
        temp.createDirectory(Path.of(directory), "owed-");
        temp.close();
    }

    /** Writes down and strikes out, and has nothing to do now and then; returns how many could not be written. */
    public static int oweInTurns(String directory) {
        Path path = Path.of(directory, "nothing");
        int unwritten = 0;
        for (int i = 0; i < 300; i++) {
            Registration registration = AtExit.register(() -> System.out.println("must not run"));
            long ticket = Durables.intend(new Action.Delete(false, path, null, null, 0, 0));
            unwritten += ticket == 0 ? 1 : 0;
            Durables.strikeOut(ticket);
            registration.unregister();
        }
        return unwritten;
    }

    /** Does something while nobody else is at the table of journals. */
    public static void atTheTable(Runnable action) {
        Rendezvous.withTable("journal", table -> {
            action.run();
            return action;
        });
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
