package dev.atexit.internal.lock;

import dev.atexit.internal.process.ProcessIdentity;

/** Who holds a lock, and since when. Immutable. */
public final class Owner {
    /** The process. */
    public final ProcessIdentity process;

    /** Since when, in milliseconds since 1970; 0 if not known. */
    public final long sinceMillis;

    Owner(ProcessIdentity process, long sinceMillis) {
        this.process = process;
        this.sinceMillis = sinceMillis;
    }

    static Owner ownSince(long millis) {
        return new Owner(ProcessIdentity.own(), millis);
    }
}
