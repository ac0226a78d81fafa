package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/** The policy in plain values; {@code UNSET} or null where nobody has said anything. Immutable. */
public final class Settings {
    /** Stands for a duration that was not set. */
    public static final long UNSET = -1;

    /** Nothing set. */
    public static final Settings NONE = new Settings(UNSET, UNSET, null, null, null, null, null);

    /** The bound of the whole exit in nanoseconds; 0 for none. */
    public final long deadlineNanos;

    /** After how long in one task it is named, in nanoseconds; 0 for never. */
    public final long stuckNoticeNanos;

    /** Whether the second signal ends the program at once. */
    public final @Nullable Boolean secondSignalHalts;

    /** Whether uncaught exceptions are remembered as the reason. */
    public final @Nullable Boolean trackUncaught;

    /** What survives a kill; null where nothing was said about that. */
    public final @Nullable DurableSettings durable;

    /** How an exit explains itself; null where nothing was said about that. */
    public final @Nullable ExplainSettings explain;

    /** Who is told; null for standard error. */
    public final @Nullable ExitObserver observer;

    /** Takes the values as they are. */
    public Settings(
            long deadlineNanos,
            long stuckNoticeNanos,
            @Nullable Boolean secondSignalHalts,
            @Nullable Boolean trackUncaught,
            @Nullable DurableSettings durable,
            @Nullable ExplainSettings explain,
            @Nullable ExitObserver observer) {
        this.deadlineNanos = deadlineNanos;
        this.stuckNoticeNanos = stuckNoticeNanos;
        this.secondSignalHalts = secondSignalHalts;
        this.trackUncaught = trackUncaught;
        this.durable = durable;
        this.explain = explain;
        this.observer = observer;
    }
}
