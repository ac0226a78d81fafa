package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.ExitSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cleanup under names: an entry can be replaced, taken back, and made to wait for others by its name. The counterpart of
 * the Python model's {@code CleanupRegistry}.
 *
 * <pre>{@code
 * CleanupRegistry registry = new CleanupRegistry();
 * registry.register("close-db", db::close);
 * registry.register("drain", http::drain, o -> o.timeout(Duration.ofSeconds(5)));
 * registry.register("stop-http", http::stop, o -> o.after("drain"));
 * }</pre>
 *
 * <p>A registry is one handler of {@link AtExit}, with the place it had when it was created. {@link AtExit#clear} forgets
 * it, and so does {@link AtExit#unregister} with the registry; its entries stay, and the next registration gives it a
 * place again, on top. So it is when the exit is through with the registry, as long as other handlers run.
 *
 * <p><b>Threading.</b> All methods may be called from any thread at any time, by entries too. Each entry runs once, also
 * when several threads run the registry at the same time, and never more of them at once than {@link
 * Builder#parallelism}, one by default. A run ends when nothing is left and nothing runs; it waits for entries that
 * another thread's run has begun. So an entry must not wait for another thread that calls {@link #runAll}; it may call it
 * itself.
 *
 * <p><b>Ordering.</b> The next to run is the newest entry that waits for no other. An entry registered meanwhile is the
 * newest. An entry waits for the names it was registered {@linkplain RegistryOptions#after after}, as long as something
 * registered under them has not ended.
 *
 * <p><b>Failure.</b> Whatever an entry throws is printed to standard error as {@code [atexit] cleanup 'NAME' failed:
 * ERROR} and kept in {@link #entries}; the others run. {@link #runAll} does not throw.
 *
 * <p><b>Time.</b> No bound by default; {@link RegistryOptions#timeout} bounds an entry, the exit's deadline all of them.
 * Registering and unregistering are O(log n), plus one step for each entry that waits for the name.
 *
 * <p><b>Not guaranteed.</b> That an entry left behind does not overlap later ones.
 */
public final class CleanupRegistry {
    private final @Nullable String name;
    private final RegistryState state;

    /**
     * Creates a registry without a name that runs one entry after another, and gives it a place at the program's exit.
     *
     * @throws IllegalStateException as {@link AtExit#register(ExitHandler)}
     */
    public CleanupRegistry() {
        this(null, 1);
    }

    /**
     * Creates a registry that runs one entry after another, and gives it a place at the program's exit.
     *
     * @param name what to call it in reports, not blank
     * @throws IllegalStateException as {@link AtExit#register(ExitHandler)}
     */
    public CleanupRegistry(String name) {
        this(Arguments.name(name), 1);
    }

    private CleanupRegistry(@Nullable String name, int parallelism) {
        this.name = name;
        this.state = new RegistryState(this, name, parallelism);
        state.attach();
    }

    /**
     * Starts a registry in which nothing is set.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Registers an entry on top. It takes the place of a pending entry of the same name, which will not run; one that has
     * run is forgotten, and one that is running goes on.
     *
     * @param name not blank
     * @param handler what to run
     * @return the handle of this very registration, not of later ones of the same name
     * @throws IllegalArgumentException if a pending entry would have to wait for itself; nothing is changed
     * @throws IllegalStateException if it is too late: the exit handlers of the program have run; nothing is changed
     */
    public Registration register(String name, ExitHandler handler) {
        return add(Arguments.name(name), Objects.requireNonNull(handler, "handler"), new RegistryOptions());
    }

    /**
     * Registers an entry on top, with options. What {@code options} throws is passed on, and nothing is registered.
     *
     * @param name not blank
     * @param handler what to run
     * @param options sets the options; called once, before anything is changed
     * @return as {@link #register(String, ExitHandler)}
     * @throws IllegalArgumentException if an entry would have to wait for itself, with the names on the way; nothing is
     *     changed
     * @throws IllegalStateException as {@link #register(String, ExitHandler)}
     */
    public Registration register(String name, ExitHandler handler, Consumer<? super RegistryOptions> options) {
        Arguments.name(name);
        Objects.requireNonNull(handler, "handler");
        RegistryOptions chosen = new RegistryOptions();
        Objects.requireNonNull(options, "options").accept(chosen);
        return add(name, handler, chosen);
    }

    private Registration add(String entryName, ExitHandler handler, RegistryOptions options) {
        RegistryEntry entry = new RegistryEntry(state, entryName, handler, options);
        state.add(entry);
        return new RegistryHandle(state, entry);
    }

    /**
     * Forgets an entry. A pending one will not run; one that runs goes on, and one that has run is no longer listed.
     *
     * @param name the entry's name
     * @return whether there was one
     */
    public boolean unregister(String name) {
        return state.remove(Objects.requireNonNull(name, "name"));
    }

    /**
     * Runs all pending entries now: on the caller's thread, but for entries with a timeout, or with {@link
     * Builder#parallelism}. A second call runs what was registered since. Returns when nothing is left; a thread that is
     * interrupted while it waits for another thread's run stops waiting, and stays interrupted.
     *
     * @return what this call ran: each entry, in the order in which they ended
     */
    public ExitReport runAll() {
        RegistryRun run = new RegistryRun(state, false);
        try {
            ExitSummary summary = ExitScope.current().run(run);
            return new ExitReport(
                    new ExitReason.Requested(),
                    Instant.ofEpochMilli(summary.startedAtMillis),
                    Duration.ofNanos(summary.durationNanos),
                    run.reports(),
                    0);
        } finally {
            run.over();
        }
    }

    /**
     * What there is, pending, running, or ended, at this moment. O(n).
     *
     * @return an unmodifiable list in the order of registration; one that runs is {@link ExitReport.Outcome#PENDING} and
     *     has a start
     */
    public List<ExitReport.Entry> entries() {
        return state.entries();
    }

    /** The registry's name, or its class. */
    @Override
    public String toString() {
        return name == null ? "CleanupRegistry" : "CleanupRegistry " + Arguments.quoted(name);
    }

    /** Collects what is said of a registry when it is created. Not thread-safe. */
    public static final class Builder {
        /** Each of them is a thread. */
        private static final int MAX_PARALLELISM = 256;

        private @Nullable String name;
        private int parallelism = 1;

        private Builder() {}

        /**
         * Sets what to call the registry in reports.
         *
         * @param name not blank; none by default
         * @return this
         */
        public Builder name(String name) {
            this.name = Arguments.name(name);
            return this;
        }

        /**
         * Lets entries that do not wait for each other run at the same time, each on a thread of the library: the whole
         * then takes as long as the longest chain of entries that do.
         *
         * @param parallelism how many entries at most, from 1 to 256; 1 by default
         * @return this
         */
        public Builder parallelism(int parallelism) {
            if (parallelism < 1 || parallelism > MAX_PARALLELISM) {
                throw new IllegalArgumentException(
                        "parallelism must be from 1 to " + MAX_PARALLELISM + ", but is " + parallelism);
            }
            this.parallelism = parallelism;
            return this;
        }

        /**
         * Creates the registry, and gives it a place at the program's exit.
         *
         * @return a new registry; the builder can be used further
         * @throws IllegalStateException as {@link AtExit#register(ExitHandler)}
         */
        public CleanupRegistry build() {
            return new CleanupRegistry(name, parallelism);
        }
    }
}
