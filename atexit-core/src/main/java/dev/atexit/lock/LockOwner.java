package dev.atexit.lock;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process that holds a lock, as it said itself. For people and for messages: a process may have ended since.
 *
 * <pre>{@code
 * locks.owner("nightly").ifPresent(owner -> log("held by pid " + owner.pid()));
 * }</pre>
 *
 * <p><b>Threading.</b> Immutable.
 */
public final class LockOwner {
    private final long pid;
    private final String host;
    private final @Nullable Instant started;
    private final @Nullable Instant since;

    /**
     * An owner, as an engine has found it.
     *
     * @param pid the number of the process on its machine
     * @param host the name of its machine
     * @param started when the process began, or null if that is not known
     * @param since when it took the lock, or null if that is not known
     */
    public LockOwner(long pid, String host, @Nullable Instant started, @Nullable Instant since) {
        this.pid = pid;
        this.host = Objects.requireNonNull(host, "host");
        this.started = started;
        this.since = since;
    }

    /**
     * The number of the process.
     *
     * @return its number on its machine
     */
    public long pid() {
        return pid;
    }

    /**
     * The machine of the process.
     *
     * @return its name
     */
    public String host() {
        return host;
    }

    /**
     * When the process began.
     *
     * @return empty if that is not known
     */
    public Optional<Instant> started() {
        return Optional.ofNullable(started);
    }

    /**
     * When the process took the lock.
     *
     * @return empty if that is not known
     */
    public Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /** The owner in words, such as {@code pid 4242 on build-7 (started …) since …}. */
    @Override
    public String toString() {
        return "pid " + pid + " on " + host + (started == null ? "" : " (started " + started + ")")
                + (since == null ? "" : " since " + since);
    }
}
