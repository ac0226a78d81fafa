package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/** Why the JVM ends. Immutable. */
public final class Reason {
    /** What kind of end it is. */
    public enum Kind {
        /** The last non-daemon thread ended. */
        END_OF_MAIN,
        /** {@code System.exit} was called. */
        SYSTEM_EXIT,
        /** A signal came. */
        SIGNAL,
        /** An exception ended a thread, and with it the program. */
        UNCAUGHT
    }

    /** What kind of end it is. */
    public final Kind kind;

    /** The signal's name without {@code SIG}, or null. */
    public final @Nullable String signal;

    /** The frame that called {@code System.exit}, or null where it cannot be known. */
    public final @Nullable StackTraceElement caller;

    /** The name of the thread that an exception ended, or null. */
    public final @Nullable String threadName;

    /** That exception, or null. */
    public final @Nullable Throwable error;

    private Reason(
            Kind kind,
            @Nullable String signal,
            @Nullable StackTraceElement caller,
            @Nullable String threadName,
            @Nullable Throwable error) {
        this.kind = kind;
        this.signal = signal;
        this.caller = caller;
        this.threadName = threadName;
        this.error = error;
    }

    /** The last non-daemon thread ended. */
    public static Reason endOfMain() {
        return new Reason(Kind.END_OF_MAIN, null, null, null, null);
    }

    /** {@code System.exit} was called, by {@code caller} if that is known. */
    public static Reason systemExit(@Nullable StackTraceElement caller) {
        return new Reason(Kind.SYSTEM_EXIT, null, caller, null, null);
    }

    /** A signal came; its name without {@code SIG}. */
    public static Reason signal(String name) {
        return new Reason(Kind.SIGNAL, name, null, null, null);
    }

    /** An exception ended a thread, and with it the program. */
    public static Reason uncaught(String threadName, Throwable error) {
        return new Reason(Kind.UNCAUGHT, null, null, threadName, error);
    }

    /** The reason in words. */
    public String text() {
        if (signal != null) {
            return "SIG" + signal;
        }
        if (error != null) {
            return "uncaught " + error.getClass().getName() + " in thread " + threadName;
        }
        if (kind == Kind.SYSTEM_EXIT) {
            return "System.exit" + (caller == null ? ", caller unknown" : " called by " + Text.frame(caller));
        }
        return "end of main";
    }
}
