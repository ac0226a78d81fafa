package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/** Where a task stood that did not go on, and what it waited for, as far as that is found out. */
public final class Stall implements Runnable {
    /** Looking at locks is quick, but the JDK's own code for it may meet the very lock that holds everything. */
    private static final long PATIENCE_MS = 500;

    private static final long NO_THREAD = -1;

    /** Where it stood, innermost frame first. */
    public final StackTraceElement[] stack;

    private final long threadId;

    // Written once, at any time; who reads it before does without.
    private volatile @Nullable LockWait lockWait;

    /** Looks where a thread stands now. */
    Stall(Thread thread) {
        this.stack = thread.getStackTrace();
        this.threadId = thread.getId();
    }

    /** Takes what was found out before. */
    public Stall(StackTraceElement[] stack, @Nullable LockWait lockWait) {
        this.stack = stack;
        this.threadId = NO_THREAD;
        this.lockWait = lockWait;
    }

    /** The lock it waited for; null if it waited for none, or if that is not known. */
    public @Nullable LockWait lockWait() {
        return lockWait;
    }

    /** Finds out what it waits for, within a bound. Not to be called with a lock held. */
    void explain() {
        if (threadId == NO_THREAD || lockWait != null) {
            return;
        }
        SystemThread thread = new SystemThread("atexit-explain", this);
        if (thread.tryStart()) {
            try {
                thread.join(PATIENCE_MS);
            } catch (InterruptedException enough) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void run() {
        try {
            lockWait = LockFinder.find(threadId);
        } catch (LinkageError noManagement) {
            // A JDK without the module java.management: there is the stack.
            lockWait = null;
        }
    }
}
