package dev.atexit.internal.journal;

/** What the files of the journals are called. */
public final class JournalNames {
    /** The part of the state directory that they are in. */
    public static final String DIRECTORY = "journals";

    /** Ends the name of what the owner of a journal has locked as long as it lives. */
    public static final String LOCK = ".lock";

    /** Ends the name of a journal. */
    public static final String JOURNAL = ".journal";

    /** Ends the name of a journal in the making. */
    public static final String NEW = ".new";

    /** Ends the name of a journal that was put aside. */
    public static final String QUARANTINED = ".quarantined";

    private JournalNames() {}
}
