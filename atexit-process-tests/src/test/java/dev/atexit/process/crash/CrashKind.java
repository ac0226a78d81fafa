package dev.atexit.process.crash;

/** The ways to end that leave no time for anything. */
enum CrashKind {
    KILL,
    GROUP_KILL,
    HALT,
    SEGV,
    OUT_OF_MEMORY,
    /** Asked to end first, and killed while it does. */
    TERM_AND_KILL;

    /** Whether the program ends itself, rather than being ended from outside. */
    boolean isOwnDoing() {
        return this == HALT || this == OUT_OF_MEMORY;
    }
}
