package dev.atexit;

import org.jspecify.annotations.Nullable;

/** Which of several exceptions of one scope wins, and how it leaves. */
final class ScopeErrors {
    private ScopeErrors() {}

    /** The rule of {@code try}-with-resources. */
    static Throwable firstWins(@Nullable Throwable first, Throwable later) {
        return first == null ? later : suppressing(first, later);
    }

    /** The rule of {@code catch}, {@code finally} and Python, but that nothing gets lost. */
    static Throwable newestWins(@Nullable Throwable earlier, Throwable newest) {
        return earlier == null ? newest : suppressing(newest, earlier);
    }

    private static Throwable suppressing(Throwable winner, Throwable other) {
        // An exception that is added to itself is an IllegalArgumentException, which would take its place.
        if (winner != other) {
            try {
                winner.addSuppressed(other);
            } catch (VirtualMachineError noRoom) {
                // Neither heap nor stack to remember one failure more: that must not keep the rest from running.
            }
        }
        return winner;
    }

    /**
     * Throws this very exception, whatever the caller declares.
     *
     * @param <X> what the compiler shall believe
     * @return never
     */
    @SuppressWarnings("unchecked")
    static <X extends Throwable> RuntimeException sneak(Throwable error) throws X {
        throw (X) error;
    }
}
