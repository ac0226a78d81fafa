package dev.atexit.internal.exit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lock for which a thread waits, and who keeps it from going on. Immutable. */
public final class LockWait {
    /** The lock as the JVM names it: class and identity. */
    public final String lock;

    /** The one that holds it; null if nobody does, as with a condition. */
    public final @Nullable Standing holder;

    /** The threads of a deadlock, each of which waits for the next one and the last for the first; empty if there is none. */
    public final List<Standing> circle;

    /** Takes what was found. */
    public LockWait(String lock, @Nullable Standing holder, List<Standing> circle) {
        this.lock = lock;
        this.holder = holder;
        this.circle = List.copyOf(circle);
    }

    /** Where a thread stands. Immutable. */
    public static final class Standing {
        /** The thread's name. */
        public final String thread;

        /** What it waits for; null if for nothing. */
        public final @Nullable String lock;

        /** Innermost frame first. */
        public final StackTraceElement[] stack;

        /** Takes what was found. */
        public Standing(String thread, @Nullable String lock, StackTraceElement[] stack) {
            this.thread = thread;
            this.lock = lock;
            this.stack = stack;
        }
    }
}
