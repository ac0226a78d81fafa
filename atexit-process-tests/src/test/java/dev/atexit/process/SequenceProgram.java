package dev.atexit.process;

import dev.atexit.AtExit;
import dev.atexit.ExitEvent;
import dev.atexit.ExitListener;
import dev.atexit.ExitPolicy;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The programs of the tests of the exit sequence, each a method that is called by its name. */
final class SequenceProgram {
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();
    private static final int THREADS = 64;

    private SequenceProgram() {}

    public static void main(String[] args) throws Exception {
        Method program = SequenceProgram.class.getDeclaredMethod(args[0]);
        program.invoke(null);
        if (args.length > 1) {
            Ending.valueOf(args[1]).perform();
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    // ---- the reason

    static void reason() {
        say("before: " + AtExit.exitReason() + " " + AtExit.timeLeft());
        AtExit.register(() -> say("reason: " + AtExit.exitReason().orElseThrow()));
    }

    /** A thread that only has the name of the JVM's own. */
    static void reasonBesideDecoy() {
        reason();
        Thread decoy = new Thread(
                () -> {
                    try {
                        hang();
                    } catch (InterruptedException e) {
                        say("decoy interrupted");
                    }
                },
                "SIGTERM handler");
        decoy.setDaemon(true);
        decoy.start();
    }

    static void reasonOfDecoyThatExits() {
        reason();
        new Thread(() -> System.exit(3), "SIGTERM handler").start();
    }

    /** The program handles TERM itself, and its handler is asleep when the program ends. */
    static void reasonBesideSleepingSignalHandler() throws Exception {
        reason();
        CountDownLatch asleep = new CountDownLatch(1);
        UserSignal.handle("TERM", () -> {
            asleep.countDown();
            try {
                hang();
            } catch (InterruptedException e) {
                say("handler interrupted");
            }
        });
        UserSignal.raise("TERM");
        asleep.await();
    }

    static void reasonTrackingUncaught() {
        AtExit.configure(ExitPolicy.builder().trackUncaught(true).build());
        reason();
    }

    static void reasonTrackingUncaughtBesideHandler() {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> say("chained: " + error.getMessage()));
        reasonTrackingUncaught();
    }

    /** An exception ends a thread, but not the program. */
    static void reasonTrackingUncaughtElsewhere() throws Exception {
        reasonTrackingUncaught();
        Thread failing = new Thread(() -> {
            throw new IllegalStateException("only this thread");
        });
        failing.start();
        failing.join();
    }

    /** The reason and the time that is left can be asked for by a thread that has nothing to do with the exit. */
    static void reasonFromAnywhere() {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(100)).build());
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        Thread probe = new Thread(() -> {
            say("lives: " + AtExit.exitReason().isEmpty() + " "
                    + AtExit.timeLeft().isEmpty());
            try {
                begun.await();
            } catch (InterruptedException e) {
                say("probe interrupted");
            }
            long left = AtExit.timeLeft().orElseThrow().toSeconds();
            say("ends: " + AtExit.exitReason().orElseThrow() + ", time left " + (left > 0 && left <= 100));
            asked.countDown();
        });
        probe.setDaemon(true);
        AtExit.register(() -> {
            begun.countDown();
            asked.await();
        });
        probe.start();
    }

    // ---- time

    static void stuckForThreeSeconds() {
        AtExit.configure(
                ExitPolicy.builder().stuckNotice(Duration.ofMillis(500)).build());
        AtExit.register("drain", () -> stand(3_000));
    }

    private static void stand(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }

    static void hangs() {
        AtExit.register("hangs", SequenceProgram::hang);
    }

    static void hangsWithDeadlineInCode() {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofMillis(600)).build());
        hangs();
    }

    static void manyHangWithDeadline() {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(1)).build());
        for (int i = 40; i > 0; i--) {
            AtExit.register("hangs " + i, SequenceProgram::hang);
        }
    }

    static void timeLeft() {
        AtExit.register(() -> say("time left " + AtExit.timeLeft().map(left -> left.toMinutes() + " min")));
    }

    static void badValuesInCode() {
        for (Duration bad : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1)}) {
            try {
                ExitPolicy.builder().deadline(bad);
            } catch (IllegalArgumentException e) {
                say(e.getMessage());
            }
        }
    }

    // ---- signals

    /** Says how long the exit has lasted, so that the parent need not guess. */
    static void tellsTheTime() {
        AtExit.register("slow", () -> {
            say("handler runs");
            stand(1_300);
            say("late enough");
            hang();
        });
    }

    static void tellsTheTimeAndIgnores() {
        AtExit.configure(ExitPolicy.builder()
                .secondSignal(ExitPolicy.SecondSignal.IGNORE)
                .build());
        AtExit.register("slow", () -> {
            say("handler runs");
            stand(1_300);
            say("late enough");
            stand(1_500);
            say("handler ends");
        });
    }

    /** Raised here and not sent by the parent, which may take too long for it on a busy machine. */
    static void raisesSignalsInTheFirstSecond() {
        AtExit.register("slow", () -> {
            long began = System.nanoTime();
            say("handler runs");
            UserSignal.raise("TERM");
            UserSignal.raise("INT");
            // By then the library handles them.
            stand(650);
            if (System.nanoTime() - began < 800_000_000) {
                UserSignal.raise("TERM");
            }
            stand(1_000);
            say("handler ends");
        });
    }

    static void endsAfterTheFirstSecond() {
        AtExit.register("slow", () -> {
            say("handler runs");
            stand(2_000);
            say("handler ends");
        });
    }

    static void handlesTermItself() throws Exception {
        UserSignal.handle("TERM", () -> say("mine"));
        tellsTheTime();
    }

    // ---- late and crowded

    static void registersWhenAllIsOver() {
        AtExit.configure(ExitPolicy.builder()
                .listener(event -> {
                    ExitListener.standardError().on(event);
                    if (event instanceof ExitEvent.Ended) {
                        registerLate();
                    }
                })
                .build());
        AtExit.register(() -> say("only one"));
    }

    static void registersFirstInForeignHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(SequenceProgram::registerLate));
    }

    private static void registerLate() {
        try {
            AtExit.register(() -> say("must not run"));
            say("registered");
        } catch (IllegalStateException e) {
            say("refused: " + e.getMessage() + "; pending " + AtExit.count());
        }
    }

    /** 64 threads register while the exit begins; the program waits until each was refused. */
    static void crowd() throws Exception {
        CountDownLatch running = new CountDownLatch(THREADS);
        CountDownLatch refused = new CountDownLatch(THREADS);
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            newThread(t, () -> crowd(thread, running, refused)).start();
        }
        running.await();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                refused.await();
            } catch (InterruptedException e) {
                say("interrupted");
            }
        }));
    }

    private static Thread newThread(int t, Runnable work) throws Exception {
        if (t % 2 == 1 && Runtime.version().feature() >= 21) {
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            Class<?> type = Class.forName("java.lang.Thread$Builder");
            return (Thread) type.getMethod("unstarted", Runnable.class).invoke(builder, work);
        }
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    }

    private static void crowd(int thread, CountDownLatch running, CountDownLatch refused) {
        int registered = 0;
        try {
            for (; ; ) {
                String id = thread + "." + registered;
                CountDownLatch ran = new CountDownLatch(1);
                AtExit.register(() -> {
                    say("ran " + id);
                    ran.countDown();
                });
                registered++;
                if (registered == 20) {
                    running.countDown();
                }
                if (registered > 20) {
                    // More and more slowly: an exit is over when it finds nothing left to run.
                    ran.await(10, TimeUnit.MILLISECONDS);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(registered));
                }
            }
        } catch (IllegalStateException tooLate) {
            say("thread " + thread + " registered " + registered);
        } catch (InterruptedException e) {
            say("interrupted");
        }
        refused.countDown();
    }

    /** The thread that runs such an action is the one that the exit would wait for. */
    static void exitsWhenUnreachable() {
        AtExit.register(() -> say("handler"));
        AtExit.whenUnreachable(new Object(), () -> {
            say(Ending.LINE);
            System.exit(5);
        });
        for (; ; ) {
            System.gc();
            LockSupport.parkNanos(1_000_000);
        }
    }

    // ---- depth

    static void tenThousand() {
        int[] ran = new int[1];
        AtExit.register(() -> say("ran " + ran[0]));
        for (int i = 0; i < 10_000; i++) {
            AtExit.register(() -> ran[0]++);
        }
    }

    static void tenThousandEachByTheOneBefore() {
        int[] ran = new int[1];
        AtExit.register(() -> say("ran " + ran[0]));
        AtExit.register(() -> registerNext(ran));
    }

    private static void registerNext(int[] ran) {
        if (++ran[0] < 10_000) {
            AtExit.register(() -> registerNext(ran));
        }
    }

    // ---- what a handler's thread inherits

    /** Registered from within a group that is then destroyed: with it would go every thread that belongs to it. */
    static void inheritsNothing() throws Exception {
        ThreadGroup group = new ThreadGroup("application");
        Thread registering = new Thread(group, () -> {
            INHERITED.set("secret");
            Thread.currentThread().setContextClassLoader(new ClassLoader() {});
            AtExit.register(SequenceProgram::tellOfThread);
        });
        registering.start();
        registering.join();
        destroy(group);
    }

    @SuppressWarnings({"deprecation", "removal"})
    private static void destroy(ThreadGroup group) {
        if (Runtime.version().feature() < 19) {
            group.destroy();
        }
    }

    private static void tellOfThread() {
        Thread thread = Thread.currentThread();
        say("local " + INHERITED.get());
        say("group above " + thread.getThreadGroup().getParent());
        say("loader of the system " + (thread.getContextClassLoader() == ClassLoader.getSystemClassLoader()));
    }

    /** Takes every thread that the system gives, and gives a few back. */
    static void fewThreadsAreLeft() throws Exception {
        AtExit.register("first", () -> say("first"));
        AtExit.register(
                "second", () -> say("second on " + Thread.currentThread().getName()));
        AtExit.register("with a timeout", () -> say("with a timeout"), Duration.ofSeconds(60));
        List<CountDownLatch> ends = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try {
            while (threads.size() < 5_000) {
                CountDownLatch end = new CountDownLatch(1);
                Thread thread = new Thread(() -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        say("interrupted");
                    }
                });
                thread.setDaemon(true);
                thread.start();
                threads.add(thread);
                ends.add(end);
            }
        } catch (OutOfMemoryError noThread) {
            int before = tasks();
            ends.get(0).countDown();
            threads.get(0).join();
            while (tasks() == before) {
                Thread.onSpinWait();
            }
            say("one thread is left");
        }
    }

    /** How many threads the system counts: one that was joined may still be there for it. */
    private static int tasks() {
        String[] tasks = new File("/proc/self/task").list();
        return tasks == null ? 0 : tasks.length;
    }

    // ---- text

    static void namesWithControlCharacters() {
        AtExit.register("I\u0131\u0130i\u001b[31m\n\u202e", () -> {
            throw new IOException("line\none \u0007 I\u0131");
        });
        AtExit.register("HANGS i\r", SequenceProgram::hang, Duration.ofMillis(1_500));
    }
}
