package dev.atexit;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;

/**
 * What is said of one entry when it is registered with a {@link CleanupRegistry}.
 *
 * <pre>{@code
 * registry.register("stop-http", http::stop, o -> o.after("drain").timeout(Duration.ofSeconds(5)));
 * }</pre>
 *
 * <p><b>Threading.</b> Not thread-safe, and of no effect once {@code register} has returned. <b>Failure.</b> A bad value
 * throws at once; let it pass, and nothing is registered.
 */
public final class RegistryOptions {
    private final Set<String> after = new LinkedHashSet<>();
    private long timeoutNanos;

    RegistryOptions() {}

    /**
     * Has the entry run after others have ended, in whatever way: returned, thrown, timed out, left behind or skipped.
     * They need not be registered yet; one that never is delays nothing, and is named in a line on standard error when
     * the entry runs. Further calls add to the names.
     *
     * @param names names of entries of the same registry, not blank
     * @return this
     */
    public RegistryOptions after(String... names) {
        for (String name : Objects.requireNonNull(names, "names")) {
            after.add(Arguments.name(name));
        }
        return this;
    }

    /**
     * Bounds the entry. Past it the entry is interrupted and, 100 ms later, left behind. In {@link CleanupRegistry#runAll}
     * an entry with a timeout runs on a thread of the library, since the caller's own thread cannot be left behind.
     *
     * @param timeout positive; none by default
     * @return this
     */
    public RegistryOptions timeout(Duration timeout) {
        timeoutNanos = Arguments.positiveNanos("timeout", timeout);
        return this;
    }

    String[] after() {
        return after.toArray(new String[0]);
    }

    long timeoutNanos() {
        return timeoutNanos;
    }
}
