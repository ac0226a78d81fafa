package dev.atexit.lock;

import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.LockFile;
import dev.atexit.internal.lock.Owner;
import dev.atexit.internal.lock.OwnerFile;
import dev.atexit.internal.process.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Locks between all processes of a machine, and within each of them. The kernel frees them at once however their holder
 * ends.
 *
 * <pre>{@code
 * Optional<HeldLock> mine = new FileLocks().tryAcquire("nightly");
 * Optional<HeldLock> ours = FileLocks.in(Path.of("/srv/shared")).acquire("import", Duration.ofMinutes(1));
 * Optional<HeldLock> that = FileLocks.tryAcquire(Path.of("/run/lock/app.lock"));
 * }</pre>
 *
 * <p>Names are files in the state directory of the user: the system property {@code atexit.state.dir} or the environment
 * variable {@code ATEXIT_STATE_DIR}, else {@code $XDG_STATE_HOME/atexit}, else {@code ~/.local/state/atexit}, or where
 * there is no home that can be written, a directory of this user's under {@code java.io.tmpdir}. Programs that are to
 * exclude each other must see the same one. A directory or a path of your own is shared with all users who may write to
 * the directory: the lock file gets that directory's write permissions.
 *
 * <p>A lock file is empty and stays there for ever; do not delete it, or two processes can hold the same lock. Beside it,
 * in a file that ends in {@code .owner}, is written who holds it.
 *
 * <p><b>Threading.</b> As {@link LockProvider}. <b>Failure.</b> A directory that cannot be used is an {@link
 * IOException}; so is a lock file that is a symbolic link. <b>Time.</b> {@link #acquire} looks again at most 50 ms after
 * the lock was freed.
 *
 * <p><b>Not guaranteed.</b> Fairness. That locks work between machines: on a network file system that is up to it. That
 * they hold if code other than this library opens and closes the lock file in the process that holds it: the kernel then
 * frees the lock. On file systems that do not tell capital letters apart, neither do these locks.
 */
public final class FileLocks implements LockProvider {
    private static final String PART = "locks";
    private static final String SUFFIX = ".lock";

    private final @Nullable Path directory;

    /** Locks whose files are in the state directory of this user, which is looked for when one is asked for. */
    public FileLocks() {
        this.directory = null;
    }

    private FileLocks(Path directory) {
        this.directory = directory;
    }

    /**
     * Locks whose files are in another directory: {@code NAME.lock} for most names.
     *
     * @param directory where they are; must exist when a lock is asked for
     * @return the locks there
     */
    public static FileLocks in(Path directory) {
        return new FileLocks(Objects.requireNonNull(directory, "directory").toAbsolutePath());
    }

    @Override
    public Optional<HeldLock> tryAcquire(String name) throws IOException {
        return tryAcquire(file(name), name);
    }

    @Override
    public Optional<LockOwner> owner(String name) throws IOException {
        return owner(file(name));
    }

    /**
     * Takes the lock of a file if it is free.
     *
     * @param file the lock file; created if it is not there, never written to, never deleted
     * @return empty if somebody holds it
     * @throws IOException if the file cannot be opened or created, or is anything but a file
     */
    public static Optional<HeldLock> tryAcquire(Path file) throws IOException {
        Objects.requireNonNull(file, "file");
        return tryAcquire(file, file.toString());
    }

    /**
     * Takes the lock of a file when it is free, but waits no longer than that.
     *
     * @param file as {@link #tryAcquire(Path)}
     * @param wait how long at most, positive
     * @return empty if somebody holds it all the time
     * @throws IOException as {@link #tryAcquire(Path)}
     * @throws InterruptedException if the thread is interrupted meanwhile; the lock is not held then
     */
    public static Optional<HeldLock> acquire(Path file, Duration wait) throws IOException, InterruptedException {
        Objects.requireNonNull(file, "file");
        return Patience.acquire(new OneFile(file), file.toString(), wait);
    }

    /**
     * Tells who holds the lock of a file.
     *
     * @param file the lock file; it is not opened, and need not exist
     * @return empty if nobody does, or it is not known
     */
    public static Optional<LockOwner> owner(Path file) {
        Owner owner = OwnerFile.read(Objects.requireNonNull(file, "file"));
        return owner == null ? Optional.empty() : Optional.of(publicOwner(owner));
    }

    private Path file(String name) throws IOException {
        String encoded = LockNames.encode(name);
        return (directory == null ? StateDirectory.part(PART) : directory).resolve(encoded + SUFFIX);
    }

    private static Optional<HeldLock> tryAcquire(Path file, String name) throws IOException {
        HeldFile held = LockFile.tryHold(file);
        return held == null ? Optional.empty() : Optional.of(new Held(name, held));
    }

    private static LockOwner publicOwner(Owner owner) {
        return new LockOwner(
                owner.process.pid,
                owner.process.host,
                instant(owner.process.startedMillis),
                instant(owner.sinceMillis));
    }

    private static @Nullable Instant instant(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

    /** Whatever it is asked for, it is this file. */
    private static final class OneFile implements LockProvider {
        private final Path file;

        OneFile(Path file) {
            this.file = file;
        }

        @Override
        public Optional<HeldLock> tryAcquire(String name) throws IOException {
            return FileLocks.tryAcquire(file, name);
        }

        @Override
        public Optional<LockOwner> owner(String name) {
            return FileLocks.owner(file);
        }
    }

    private static final class Held implements HeldLock {
        private final String name;
        private final HeldFile file;

        Held(String name, HeldFile file) {
            this.name = name;
            this.file = file;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public LockOwner owner() {
            return publicOwner(file.owner());
        }

        @Override
        public boolean isHeld() {
            return file.isHeld();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
