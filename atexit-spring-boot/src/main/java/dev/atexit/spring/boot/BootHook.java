package dev.atexit.spring.boot;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether the shutdown hook of Spring Boot will still come to the slot of the exit handlers. There may be none ({@code
 * spring.main.register-shutdown-hook}), it may not have started yet, it may die on the way or stand still for ever.
 *
 * <p>Nothing but the name of its thread tells which one it is.
 */
final class BootHook implements BooleanSupplier {
    private static final String NAME = "SpringApplicationShutdownHook";

    /** Only where it cannot be seen whether the JVM has started all hooks. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final String GATE = "dev.atexit.ExitGate";
    private static final String EXIT = "java.lang.Shutdown";
    private static final String HOOKS = "java.lang.ApplicationShutdownHooks";

    // Asked on one thread only.
    private @Nullable Thread hook;
    private long firstAskedNanos;
    private boolean asked;

    @Override
    public boolean getAsBoolean() {
        Thread found = hook;
        return found == null ? lookForIt() : found.isAlive() && comes(found);
    }

    private boolean lookForIt() {
        if (!asked) {
            asked = true;
            firstAskedNanos = System.nanoTime();
        }
        boolean allStarted = System.nanoTime() - firstAskedNanos > START_NANOS;
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            if (entry.getKey().getName().equals(NAME)) {
                hook = entry.getKey();
                return true;
            }
            allStarted |= waitsForHooks(entry.getValue());
        }
        return !allStarted;
    }

    /** Whether a thread has started all shutdown hooks and waits for their end. */
    private static boolean waitsForHooks(StackTraceElement[] stack) {
        for (int i = 1; i < stack.length; i++) {
            if (stack[i].getClassName().equals(HOOKS)) {
                return stack[i - 1].getMethodName().equals("join");
            }
        }
        return false;
    }

    private static boolean comes(Thread hook) {
        StackTraceElement[] stack = hook.getStackTrace();
        if (hook.getState() == Thread.State.BLOCKED && stack.length > 0 && isIn(EXIT, stack[0])) {
            IllegalStateException never = new IllegalStateException(
                    "a bean called System.exit while it was destroyed, which never returns: exit handlers run now");
            never.setStackTrace(stack);
            throw never;
        }
        for (StackTraceElement frame : stack) {
            if (isIn(GATE, frame)) {
                // Of another copy of this module, in another class loader: it comes before us and waits for us.
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(String type, StackTraceElement frame) {
        return frame.getClassName().equals(type);
    }
}
