package dev.atexit.internal.sweep;

/** How to go about a sweep. Immutable. */
public final class SweepOptions {
    /** Deletions only, for a program that starts. */
    static final SweepOptions BACKGROUND = new SweepOptions(false, CommandRule.NEVER, false, false, false, 3);

    /** For the guardian of one process, in whose stead commands are run. */
    static final SweepOptions GUARDIAN = new SweepOptions(false, CommandRule.RUN, false, false, false, 0);

    final boolean dry;
    final CommandRule commands;
    final boolean otherHosts;

    /** Whether somebody wants to know also of journals that are left as they are. */
    final boolean tellsAll;

    /** Whether what is owed is told where it is not looked at. */
    final boolean tellsOwed;

    /** So many results of one journal are kept, what failed before the rest. */
    final int maxItems;

    private SweepOptions(
            boolean dry, CommandRule commands, boolean otherHosts, boolean tellsAll, boolean tellsOwed, int maxItems) {
        this.dry = dry;
        this.commands = commands;
        this.otherHosts = otherHosts;
        this.tellsAll = tellsAll;
        this.tellsOwed = tellsOwed;
        this.maxItems = maxItems;
    }

    /** For somebody who asks for it. */
    public static SweepOptions of(boolean dry, boolean commands, boolean otherHosts, int maxItems) {
        return new SweepOptions(
                dry, commands ? CommandRule.TELL : CommandRule.NEVER, otherHosts, true, false, maxItems);
    }

    /** To tell what is owed, and do nothing. */
    public static SweepOptions list(int maxItems) {
        return new SweepOptions(true, CommandRule.NEVER, false, true, true, maxItems);
    }
}
