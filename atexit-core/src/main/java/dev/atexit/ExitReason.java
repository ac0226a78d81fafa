package dev.atexit;

import dev.atexit.internal.exit.Text;
import java.util.Optional;

/**
 * Why handlers run: how the program's end began, or that somebody asked for a run.
 *
 * <pre>{@code
 * if (AtExit.exitReason().isPresent()) {
 *     return notReady();
 * }
 * }</pre>
 *
 * <p><b>Threading.</b> Immutable. <b>Not guaranteed.</b> Who sent a signal is not known to Java. An exception that ended
 * the program is known only with {@link ExitPolicy.Builder#trackUncaught}; without it such an end is {@link EndOfMain}.
 */
public sealed interface ExitReason {
    /** The last non-daemon thread ended, in order or by an exception. */
    record EndOfMain() implements ExitReason {
        @Override
        public String toString() {
            return "end of main";
        }
    }

    /**
     * {@code System.exit} or {@code Runtime.exit} was called.
     *
     * @param caller the frame that called it; empty where a virtual thread did
     */
    record SystemExit(Optional<StackTraceElement> caller) implements ExitReason {
        @Override
        public String toString() {
            return caller.isPresent()
                    ? "System.exit called by " + Text.frame(caller.get())
                    : "System.exit, caller unknown";
        }
    }

    /**
     * A signal came.
     *
     * @param name the signal's name without {@code SIG}: {@code TERM}, {@code INT} or {@code HUP}
     */
    record Signal(String name) implements ExitReason {
        @Override
        public String toString() {
            return "SIG" + name;
        }
    }

    /**
     * An exception ended the last non-daemon thread.
     *
     * @param thread the thread's name
     * @param error the exception
     */
    record Uncaught(String thread, Throwable error) implements ExitReason {
        @Override
        public String toString() {
            return "uncaught " + error.getClass().getName() + " in thread " + thread;
        }
    }

    /** The program lives on: {@link AtExit#runExitHandlers} or {@link CleanupRegistry#runAll} was called. */
    record Requested() implements ExitReason {
        @Override
        public String toString() {
            return "requested by the program";
        }
    }
}
