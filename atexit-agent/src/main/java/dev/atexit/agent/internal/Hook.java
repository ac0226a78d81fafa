package dev.atexit.agent.internal;

import org.jspecify.annotations.Nullable;

/** What is remembered of a hook when it is registered. Immutable. */
final class Hook {
    /** Hooks are numbered in the order of their registration. */
    final long number;

    /** Wall clock at its registration, in milliseconds since 1970. */
    final long registeredAtMillis;

    /** The frame that registered it; null where that is not kept. */
    final @Nullable StackTraceElement site;

    Hook(long number, long registeredAtMillis, @Nullable StackTraceElement site) {
        this.number = number;
        this.registeredAtMillis = registeredAtMillis;
        this.site = site;
    }

    /** The first frame on the calling thread's stack that is no part of registering; null if there is none. */
    static @Nullable StackTraceElement caller() {
        StackTraceElement[] stack = new Throwable().getStackTrace();
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (!type.startsWith("java.lang.") && !type.startsWith("dev.atexit.agent.")) {
                return frame;
            }
        }
        return null;
    }
}
