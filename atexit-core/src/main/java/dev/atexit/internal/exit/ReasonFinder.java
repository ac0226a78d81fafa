package dev.atexit.internal.exit;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds why the JVM ends by looking at the one thread that runs the hooks. Nothing has to be installed before, and
 * nothing is paid for unless somebody asks.
 */
final class ReasonFinder {
    private static final String SHUTDOWN = "java.lang.Shutdown";
    private static final String SIGNAL_THREAD = "SIG";
    private static final String SIGNAL_THREAD_END = " handler";
    private static final String SIGNAL_DISPATCH = "jdk.internal.misc.Signal";

    private ReasonFinder() {}

    /** The reason; only right while hooks are running. */
    static Reason find() {
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            Reason reason = reason(entry.getKey().getName(), entry.getValue());
            if (reason != null) {
                return reason;
            }
        }
        // The caller is a virtual thread, and those are not listed.
        return Reason.systemExit(null);
    }

    /** The reason if this thread is the one that runs the hooks; a thread that only waits for its turn is not. */
    static @Nullable Reason reason(String threadName, StackTraceElement[] stack) {
        boolean runsHooks = false;
        for (int i = 0; i < stack.length; i++) {
            if (stack[i].getClassName().equals(SHUTDOWN)) {
                String method = stack[i].getMethodName();
                if (method.equals("runHooks")) {
                    runsHooks = true;
                } else if (runsHooks && method.equals("shutdown")) {
                    return Reason.endOfMain();
                } else if (runsHooks && method.equals("exit")) {
                    return exit(threadName, stack, i);
                }
            }
        }
        return null;
    }

    private static Reason exit(String threadName, StackTraceElement[] stack, int shutdown) {
        // Anybody may give a thread such a name, but not such a frame.
        if (threadName.startsWith(SIGNAL_THREAD) && threadName.endsWith(SIGNAL_THREAD_END) && isSignalDispatch(stack)) {
            int end = threadName.length() - SIGNAL_THREAD_END.length();
            return Reason.signal(threadName.substring(SIGNAL_THREAD.length(), end));
        }
        for (int i = shutdown + 1; i < stack.length; i++) {
            String type = stack[i].getClassName();
            if (!type.equals("java.lang.Runtime") && !type.equals("java.lang.System")) {
                return Reason.systemExit(stack[i]);
            }
        }
        return Reason.systemExit(null);
    }

    private static boolean isSignalDispatch(StackTraceElement[] stack) {
        for (int i = stack.length - 1; i >= 0; i--) {
            if (stack[i].getClassName().startsWith(SIGNAL_DISPATCH)) {
                return true;
            }
        }
        return false;
    }
}
