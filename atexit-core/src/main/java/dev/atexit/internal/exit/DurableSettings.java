package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/** What code has said about cleanup that survives a kill; null where it has said nothing. Immutable. */
public final class DurableSettings {
    /** Whether anything is written down at all. */
    public final @Nullable Boolean durable;

    /** Whether every record is forced to the disk, so that it survives a loss of power. */
    public final @Nullable Boolean force;

    /** Whether a starting program cleans up after others that were killed. */
    public final @Nullable Boolean sweep;

    /** Whether a guardian watches over the program. */
    public final @Nullable Boolean guardian;

    /** Whether commands may be registered. */
    public final @Nullable Boolean commands;

    /** Takes the values as they are. */
    public DurableSettings(
            @Nullable Boolean durable,
            @Nullable Boolean force,
            @Nullable Boolean sweep,
            @Nullable Boolean guardian,
            @Nullable Boolean commands) {
        this.durable = durable;
        this.force = force;
        this.sweep = sweep;
        this.guardian = guardian;
        this.commands = commands;
    }
}
