package dev.atexit.lock;

import dev.atexit.internal.exit.Text;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody else holds the lock. The message says who, if that is known. */
public final class LockTakenException extends IOException {
    private static final long serialVersionUID = 1;

    private final String name;
    private final transient @Nullable LockOwner owner;

    /**
     * Creates the exception.
     *
     * @param name what was to be locked
     * @param owner who holds it, or null if that is not known
     */
    public LockTakenException(String name, @Nullable LockOwner owner) {
        super("lock '" + Text.escape(Objects.requireNonNull(name, "name")) + "' is held by "
                + (owner == null ? "another" : Text.escape(owner.toString())));
        this.name = name;
        this.owner = owner;
    }

    /**
     * What was to be locked.
     *
     * @return its name
     */
    public String name() {
        return name;
    }

    /**
     * Who holds it.
     *
     * @return empty if that is not known
     */
    public Optional<LockOwner> owner() {
        return Optional.ofNullable(owner);
    }
}
