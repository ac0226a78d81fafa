package dev.atexit.internal.exit;

import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;

/** Remembers an exception that ended the last thread of the program. Chains the handler that is there. */
final class UncaughtTracker implements UncaughtExceptionHandler {
    private static final Object LOCK = new Object();
    private static volatile @Nullable Reason last;

    private final @Nullable UncaughtExceptionHandler previous;

    private UncaughtTracker(@Nullable UncaughtExceptionHandler previous) {
        this.previous = previous;
    }

    /** Installs the tracker, once. */
    static void install() {
        synchronized (LOCK) {
            UncaughtExceptionHandler there = Thread.getDefaultUncaughtExceptionHandler();
            if (!(there instanceof UncaughtTracker)) {
                Thread.setDefaultUncaughtExceptionHandler(new UncaughtTracker(there));
            }
        }
    }

    /** The exception that ended the program, if one did; else what was found. */
    static Reason refine(Reason endOfMain) {
        Reason uncaught = last;
        return uncaught != null ? uncaught : endOfMain;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        if (isLast(thread)) {
            last = Reason.uncaught(thread.getName(), error);
        }
        if (previous != null) {
            previous.uncaughtException(thread, error);
        } else {
            // As a thread group does where no default handler is set.
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            error.printStackTrace();
        }
    }

    /** Whether the program ends with this thread: no other thread keeps it alive. */
    private static boolean isLast(Thread dying) {
        ThreadGroup root = SystemThread.rootGroup();
        Thread[] threads = new Thread[root.activeCount() + 16];
        int n = root.enumerate(threads, true);
        for (int i = 0; i < n; i++) {
            Thread thread = threads[i];
            if (thread != dying && !thread.isDaemon() && !thread.getName().equals("DestroyJavaVM")) {
                return false;
            }
        }
        return !dying.isDaemon();
    }
}
