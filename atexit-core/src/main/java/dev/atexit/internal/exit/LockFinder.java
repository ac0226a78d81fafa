package dev.atexit.internal.exit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the lock for which a thread waits, and follows its holders. Needs the module {@code java.management}, and is dear
 * when first used: only for what is stuck.
 */
final class LockFinder {
    private static final int MAX_FRAMES = 200;
    private static final int MAX_THREADS = 50;
    private static final String EXIT = "the end of the exit";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final List<ThreadInfo> chain = new ArrayList<>();

    private LockFinder() {}

    /** Null if the thread waits for no lock. */
    static @Nullable LockWait find(long threadId) {
        return new LockFinder().follow(threadId);
    }

    private @Nullable LockWait follow(long threadId) {
        ThreadInfo first = threads.getThreadInfo(threadId, MAX_FRAMES);
        if (first == null || first.getLockName() == null) {
            return null;
        }
        int closes = -1;
        ThreadInfo next = first;
        while (next != null && closes < 0 && chain.size() < MAX_THREADS) {
            chain.add(next);
            if (waitsForExit(next)) {
                closes = 0;
            } else {
                long holder = next.getLockOwnerId();
                closes = indexOf(holder);
                next = holder < 0 ? null : threads.getThreadInfo(holder, MAX_FRAMES);
            }
        }
        LockWait.Standing holder = chain.size() > 1 ? standing(chain.get(1)) : null;
        if (holder == null && closes == 0 && !waitsForExit(first)) {
            // It waits for itself: a lock that cannot be taken twice.
            holder = standing(first);
        }
        return new LockWait(first.getLockName(), holder, closes >= 0 && isStill(closes) ? circle(closes) : List.of());
    }

    private int indexOf(long threadId) {
        for (int i = 0; i < chain.size(); i++) {
            if (chain.get(i).getThreadId() == threadId) {
                return i;
            }
        }
        return -1;
    }

    /** The threads were looked at one after another: each must stand as it stood, or they only passed by. */
    private boolean isStill(int from) {
        for (int i = from; i < chain.size(); i++) {
            ThreadInfo before = chain.get(i);
            ThreadInfo now = threads.getThreadInfo(before.getThreadId());
            if (now == null
                    || now.getLockOwnerId() != before.getLockOwnerId()
                    || !String.valueOf(now.getLockName()).equals(String.valueOf(before.getLockName()))) {
                return false;
            }
        }
        return true;
    }

    private List<LockWait.Standing> circle(int from) {
        List<LockWait.Standing> circle = new ArrayList<>();
        for (int i = from; i < chain.size(); i++) {
            circle.add(standing(chain.get(i)));
        }
        return circle;
    }

    private static LockWait.Standing standing(ThreadInfo info) {
        return new LockWait.Standing(
                info.getThreadName(), waitsForExit(info) ? EXIT : info.getLockName(), info.getStackTrace());
    }

    /** Whether it called for the exit, or came too late with that: it goes on when the JVM has ended. */
    private static boolean waitsForExit(ThreadInfo info) {
        for (StackTraceElement frame : info.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }
}
