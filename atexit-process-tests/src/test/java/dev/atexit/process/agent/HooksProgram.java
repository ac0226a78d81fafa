package dev.atexit.process.agent;

import dev.atexit.process.Ending;
import java.lang.reflect.Field;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;

/** A program with hooks, that knows nothing of an agent: how it ends, and then what each of its hooks does. */
final class HooksProgram {
    private static final long LONG_S = 60;
    private static final CyclicBarrier MEETING = new CyclicBarrier(2);
    private static final Object LOCK = new Object();
    private static final CountDownLatch HELD = new CountDownLatch(1);

    private HooksProgram() {}

    public static void main(String[] arguments) throws Exception {
        for (int i = 1; i < arguments.length; i++) {
            String what = arguments[i];
            if (what.equals("reaches")) {
                reach();
            } else if (what.equals("handler")) {
                Thread.setDefaultUncaughtExceptionHandler(
                        (thread, error) -> say(thread.getName() + " threw " + error.getMessage()));
            } else if (what.equals("late")) {
                hook(what, HooksProgram::registerLate);
            } else if (what.equals("removed")) {
                Thread removed = hook(what, () -> say("removed ran"));
                say("removed " + Runtime.getRuntime().removeShutdownHook(removed) + " "
                        + Runtime.getRuntime().removeShutdownHook(removed));
            } else if (what.equals("twice")) {
                Thread twice = hook(what, () -> say("twice ran"));
                try {
                    Runtime.getRuntime().addShutdownHook(twice);
                } catch (IllegalArgumentException refused) {
                    say("twice refused");
                }
            } else {
                hook(what, () -> perform(what));
            }
        }
        Ending.valueOf(arguments[0]).perform();
    }

    private static Thread hook(String name, Runnable work) {
        Thread hook = new Thread(work, name);
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void perform(String what) {
        if (what.startsWith("slow")) {
            takeItsTime();
        } else if (what.startsWith("meets")) {
            meet();
        } else if (what.equals("throws")) {
            throw new IllegalStateException("a hook's own");
        } else if (what.equals("hangs")) {
            synchronized (LOCK) {
                HELD.countDown();
                hang();
            }
        } else if (what.equals("waits")) {
            waitForTheOther();
        } else if (what.equals("exits")) {
            System.exit(9);
        } else if (what.equals("halts")) {
            Runtime.getRuntime().halt(4);
        }
        say(what + " ran");
    }

    private static void waitForTheOther() {
        try {
            HELD.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        synchronized (LOCK) {
            say("the lock is free");
        }
    }

    private static void takeItsTime() {
        try {
            // The program's own idea of slow; nothing waits for it but the exit.
            Thread.sleep(600);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet() {
        try {
            MEETING.await(LONG_S, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new IllegalStateException(alone);
        }
    }

    private static void hang() {
        for (; ; ) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException deaf) {
                say("interrupted");
            }
        }
    }

    private static void registerLate() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> say("too late")));
        } catch (IllegalStateException refused) {
            say("late refused: " + refused.getMessage());
        }
    }

    /** Tries to get at what the agent has opened for itself, and at what it consists of. */
    private static void reach() throws Exception {
        try {
            Field field = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
            field.setAccessible(true);
            say("reached " + field.get(null));
        } catch (RuntimeException refused) {
            say("refused " + refused.getClass().getSimpleName());
        }
        try {
            say("found " + Class.forName("dev.atexit.report.ReportReader"));
        } catch (ClassNotFoundException apart) {
            say("not found");
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
