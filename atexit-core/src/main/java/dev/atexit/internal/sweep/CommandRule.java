package dev.atexit.internal.sweep;

/** What becomes of commands. */
enum CommandRule {
    /** They stay owed. */
    NEVER,
    /** They mean nothing any more. */
    VOID,
    /** They are run, and what they print is dropped. */
    RUN,
    /** They are run, and the last of what they print is told. */
    TELL,
    /** They are run, and print where this program does. */
    SHOW
}
