package dev.atexit.logback;

import ch.qos.logback.core.AsyncAppenderBase;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads that empty the queues. A queue that is empty does not mean that all is written: the thread takes out what there
 * is at once, and then writes it. To stop the appender now would interrupt it there, which some appenders do not survive.
 */
final class Workers {
    private static final String TYPE = AsyncAppenderBase.class.getName() + "$Worker";
    private static final String NAME = "AsyncAppender-Worker-";

    private final List<Thread> threads = new ArrayList<>();

    /** Those that there are now. */
    Workers() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] all = new Thread[root.activeCount() + 64];
        int n = root.enumerate(all, true);
        for (int i = 0; i < n; i++) {
            if (all[i].getClass().getName().equals(TYPE)) {
                threads.add(all[i]);
            }
        }
    }

    /** Whether all that was in the queue has been handed on. */
    boolean areIdle(AsyncAppenderBase<?> appender) {
        if (appender.getNumberOfElementsInQueue() > 0) {
            return false;
        }
        String name = NAME + appender.getName();
        for (Thread thread : threads) {
            if (thread.getName().equals(name) && !waitsForLines(thread)) {
                return false;
            }
        }
        return true;
    }

    private static boolean waitsForLines(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        for (int i = 1; i < stack.length; i++) {
            if (stack[i].getClassName().equals(TYPE)) {
                return stack[i - 1].getMethodName().equals("take")
                        && stack[0].getMethodName().equals("park");
            }
        }
        // It has ended, or not begun.
        return stack.length == 0;
    }
}
