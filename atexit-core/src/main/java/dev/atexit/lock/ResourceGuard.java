package dev.atexit.lock;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Text;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A resource that is released when the program ends, or earlier, but once. The counterpart of the Python model's {@code
 * ResourceGuard}.
 *
 * <pre>{@code
 * ResourceGuard<Port> guard = ResourceGuard.of("debug-port", ports::open, Port::giveBack);
 * Port port = guard.acquire();
 * guard.release();
 * HeldLock job = ResourceGuard.named("nightly").acquire();
 * }</pre>
 *
 * <p><b>Threading.</b> Any thread may acquire, and any other release. Whoever is first releases: a caller, the exit, or
 * one of several threads; the others return at once, while it may still go on. A guard can be acquired again once it has
 * been released; never twice at a time.
 *
 * <p><b>Ordering.</b> From the beginning of {@link #acquire} on it is one handler of {@link dev.atexit.AtExit}: so an exit
 * that begins meanwhile does not miss it. {@link dev.atexit.AtExit#clear} forgets it, as it does users' handlers; then
 * only {@link #release} releases.
 *
 * <p><b>Failure.</b> What acquiring throws is passed on as it is, and nothing is registered. What releasing throws is
 * printed as {@code [atexit] ResourceGuard 'NAME' release failed: ERROR} and not thrown, unless it is an {@link Error};
 * the guard counts as released.
 *
 * <p><b>Time.</b> No bound but the exit's own. An exit that finds a guard being acquired or released waits for that, but at
 * most half a second; a resource that is acquired later still is released at once, if the JVM gets to it.
 *
 * <p><b>Not guaranteed.</b> That the resource is released when the JVM is halted or killed.
 *
 * @param <T> the resource
 */
public sealed class ResourceGuard<T extends @Nullable Object> implements AutoCloseable permits LockGuard {
    private final String name;
    private final Callable<? extends T> acquire;
    private final Releaser<? super T> release;
    private final GuardState<T> state = new GuardState<>();

    ResourceGuard(String name, Callable<? extends T> acquire, Releaser<? super T> release) {
        this.name = name;
        this.acquire = acquire;
        this.release = release;
    }

    /**
     * A guard of any resource. Nothing is acquired yet.
     *
     * @param <T> the resource
     * @param name what to call it in messages and reports, not blank
     * @param acquire takes the resource; may return null
     * @param release gives it back; called once for each time it was taken
     * @return the guard
     * @throws IllegalArgumentException if the name is blank
     */
    public static <T extends @Nullable Object> ResourceGuard<T> of(
            String name, Callable<? extends T> acquire, Releaser<? super T> release) {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: reports and messages show it");
        }
        return new ResourceGuard<>(
                name, Objects.requireNonNull(acquire, "acquire"), Objects.requireNonNull(release, "release"));
    }

    /**
     * A guard of a lock between the processes of this user, as {@link FileLocks} have it.
     *
     * @param name what to lock, not blank
     * @return the guard
     * @throws IllegalArgumentException if the name is blank
     */
    public static LockGuard named(String name) {
        return named(name, new FileLocks());
    }

    /**
     * A guard of a lock.
     *
     * @param name what to lock, not blank
     * @param locks the locks it is one of
     * @return the guard
     * @throws IllegalArgumentException if the name is blank
     */
    public static LockGuard named(String name, LockProvider locks) {
        return new LockGuard(LockNames.checked(name), Objects.requireNonNull(locks, "locks"));
    }

    /**
     * Its name.
     *
     * @return as it was given
     */
    public final String name() {
        return name;
    }

    /**
     * Whether the resource is held.
     *
     * @return true from when it was acquired until somebody begins to release it
     */
    public final boolean isHeld() {
        return state.isHeld();
    }

    /**
     * Acquires the resource, and has it released when the program ends.
     *
     * @return the resource
     * @throws Exception what acquiring throws; nothing is held or registered then
     * @throws IllegalStateException if it is held, or being acquired or released; or if the exit handlers of the program
     *     have run, and nothing is acquired then; or if they have come by while it was acquired, and it is released again
     */
    public T acquire() throws Exception {
        return acquire(acquire);
    }

    final T acquire(Callable<? extends T> how) throws Exception {
        GuardTask task = new GuardTask(this);
        state.begin(name, task);
        boolean kept = false;
        try {
            ExitScope.current().register(task);
            T resource = how.call();
            kept = state.acquired(resource);
            if (!kept) {
                releaseAndPrint(resource);
                throw new IllegalStateException("the exit came by while '" + Text.escape(name)
                        + "' was being acquired: it has been released again");
            }
            return resource;
        } finally {
            if (!kept) {
                state.freed();
                task.unregister();
            }
        }
    }

    /**
     * Releases the resource now. A later, repeated or concurrent call does nothing and returns false, as does one before
     * it was acquired. From within the releasing itself it may be called too.
     *
     * @return true if this call has released it, or has tried to
     */
    public final boolean release() {
        GuardState.Taken<T> taken = state.take(null);
        if (taken == null) {
            return false;
        }
        try {
            releaseAndPrint(taken.resource);
        } finally {
            state.freed();
            // Not before, so that an exit that begins meanwhile waits.
            taken.task.unregister();
        }
        return true;
    }

    /** As {@link #release}. */
    @Override
    public final void close() {
        release();
    }

    /** The exit has come by. */
    final void releaseAtExit(GuardTask task) throws Exception {
        GuardState.Taken<T> taken = state.take(task);
        if (taken != null) {
            try {
                release.release(taken.resource);
            } finally {
                state.freed();
            }
        }
    }

    private void releaseAndPrint(T resource) {
        try {
            release.release(resource);
        } catch (Throwable failure) {
            ExitScope.current().say(failureLine(name, Text.describe(failure)));
            if (failure instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (failure instanceof Error error) {
                throw error;
            }
        }
    }

    static String failureLine(String name, String error) {
        return "ResourceGuard '" + Text.escape(name) + "' release failed: " + error;
    }

    /**
     * Gives a resource back.
     *
     * @param <T> the resource
     */
    @FunctionalInterface
    public interface Releaser<T extends @Nullable Object> {
        /**
         * Gives the resource back.
         *
         * @param resource what was acquired
         * @throws Exception if that fails; it is not tried again
         */
        void release(T resource) throws Exception;
    }
}
