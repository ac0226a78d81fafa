package dev.atexit.cli.demo;

import dev.atexit.AtExit;
import dev.atexit.CleanupRegistry;
import dev.atexit.ExitPolicy;
import dev.atexit.ExitReport;
import dev.atexit.ExitStack;
import dev.atexit.OnExit;
import dev.atexit.file.PidFile;
import dev.atexit.file.TempManager;
import dev.atexit.lock.FileLocks;
import dev.atexit.lock.LockGuard;
import dev.atexit.lock.ResourceGuard;
import dev.atexit.logging.FileLoggers;
import dev.atexit.logging.LoggingShutdown;
import dev.atexit.signal.Signals;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The programs that the demo runs, each in a JVM of its own: their ends are what is shown. */
public final class Programs {
    static final String READY = "ready";
    static final String MADE = "made ";

    private static final long POLL_MS = 5;

    private Programs() {}

    /**
     * Runs one of them.
     *
     * @param args its name, then what it needs
     * @throws Exception what it throws
     */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "order" -> order();
            case "registry" -> registry();
            case "temp" -> temp();
            case "logger" -> logger(Path.of(args[1]));
            case "guard" -> guard(Path.of(args[1]));
            case "pid-file" -> pidFile(Path.of(args[1]));
            case "exit-stack" -> exitStack();
            case "term" -> term();
            case "hang" -> hang();
            case "exit-inside" -> exitInside();
            case "killed" -> killed(Path.of(args[1]), Boolean.parseBoolean(args[2]));
            default -> throw new IllegalArgumentException("no program is named " + args[0]);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void order() {
        AtExit.register("first registered", () -> say("runs last: registered first"));
        AtExit.register("broken", () -> {
            throw new IllegalStateException("this handler is broken");
        });
        AtExit.register(Programs::say, "runs second: registered with its argument");
        AtExit.register("unregistered", () -> say("never runs")).unregister();
        AtExit.registerAnnotated(Annotated.class);
        say("main ends");
    }

    /** What the decorator is in Python. */
    private static final class Annotated {
        @OnExit
        @SuppressWarnings("UnusedMethod") // called by reflection, since it is marked
        private static void goodbye() {
            say("runs first: a private static method marked with @OnExit");
        }
    }

    private static void registry() {
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("close-db", () -> say("close-db: database closed"));
        registry.register("drain", () -> say("drain: requests drained"));
        registry.register("metrics", () -> {
            throw new IOException("metrics server is gone");
        });
        registry.register("stop-http", () -> say("stop-http: stopped after drain"), options -> options.after("drain"));
        say("main ends");
        registry.runAll();
        for (ExitReport.Entry entry : registry.entries()) {
            say("report: " + entry);
        }
    }

    private static void temp() throws IOException {
        TempManager temp = new TempManager();
        Path directory = temp.createDirectory("demo-");
        Path file = Files.writeString(directory.resolve("part.csv"), "1;2;3\n");
        Path single = temp.createFile("demo-", ".lock");
        say(MADE + directory);
        say(MADE + file);
        say(MADE + single);
        say("main ends");
    }

    private static void logger(Path file) throws IOException {
        LoggingShutdown.register();
        Logger log = FileLoggers.open(file, "app", Level.INFO);
        log.setUseParentHandlers(false);
        for (int i = 1; i <= 20; i++) {
            int handler = i;
            AtExit.register("handler " + handler, () -> {
                for (int line = 1; line <= 50; line++) {
                    log.info("handler " + handler + " line " + line);
                }
            });
        }
        say("main ends; 20 handlers will log 50 lines each");
    }

    private static void guard(Path directory) throws Exception {
        LockGuard guard = ResourceGuard.named("demo", FileLocks.in(directory));
        guard.acquire();
        say("holds the lock");
        say(READY);
        awaitSignal();
    }

    private static void pidFile(Path path) throws IOException {
        try {
            PidFile.write(path);
        } catch (FileAlreadyExistsException taken) {
            say(String.valueOf(taken.getMessage()));
            System.exit(1);
        }
        say("wrote its pid");
        say(READY);
        awaitSignal();
    }

    private static void exitStack() {
        try (ExitStack stack = new ExitStack()) {
            stack.enter(() -> say("closed last: entered first"));
            stack.enter(() -> {
                throw new IOException("the second resource does not close");
            });
            stack.callback(() -> say("called first: a callback, registered last"));
            say("in the block");
            throw new IllegalStateException("the body fails");
        } catch (IllegalStateException primary) {
            say("caught: " + primary.getMessage());
            for (Throwable suppressed : primary.getSuppressed()) {
                say("suppressed: " + suppressed.getMessage());
            }
        }
    }

    private static void term() {
        Signals.exitStatus("TERM", 0);
        AtExit.register(
                "drain",
                () -> say("handler: the program ends because of "
                        + AtExit.exitReason().map(Object::toString).orElse("nothing")));
        say(READY);
        awaitSignal();
    }

    private static void hang() {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(5)).build());
        AtExit.register("behind it", () -> say("the handler behind it runs all the same"));
        AtExit.register("hangs", new CountDownLatch(1)::await, Duration.ofMillis(300));
        AtExit.register("hangs, deaf", Programs::hangDeaf, Duration.ofMillis(300));
        say("main ends");
    }

    private static void hangDeaf() {
        CountDownLatch never = new CountDownLatch(1);
        while (never.getCount() > 0) {
            try {
                never.await();
            } catch (InterruptedException ignored) {
                // This is what the demo shows: a handler that does not listen.
                say("the deaf handler was interrupted, and goes on");
            }
        }
    }

    private static void exitInside() {
        AtExit.register("behind it", () -> say("the handler behind it runs all the same"));
        AtExit.register("calls System.exit", () -> System.exit(99));
        say("main calls System.exit(3)");
        System.exit(3);
    }

    private static void killed(Path directory, boolean guardian) throws IOException, InterruptedException {
        AtExit.configure(ExitPolicy.builder().guardian(guardian).build());
        Path tree = new TempManager().createDirectory(directory, "work-");
        Files.writeString(tree.resolve("part.csv"), "1;2;3\n");
        PidFile.write(directory.resolve("demo.pid"));
        say(MADE + tree);
        while (guardian && !hasGuardian()) {
            // It is started on a thread of its own, since a program does not wait for it.
            Thread.sleep(POLL_MS);
        }
        say(READY);
        awaitSignal();
    }

    /** Whether there is a child that is a program of its own, and no longer the JVM's way to start one. */
    private static boolean hasGuardian() {
        return ProcessHandle.current()
                .children()
                .anyMatch(child -> child.info()
                        .command()
                        .filter(program -> !program.endsWith("/java") && !program.endsWith("/jspawnhelper"))
                        .isPresent());
    }

    private static void awaitSignal() {
        CountDownLatch never = new CountDownLatch(1);
        try {
            never.await();
        } catch (InterruptedException ended) {
            say("interrupted");
        }
    }
}
