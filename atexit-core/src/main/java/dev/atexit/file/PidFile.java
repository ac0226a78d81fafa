package dev.atexit.file;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Text;
import dev.atexit.internal.lock.HeldFile;
import dev.atexit.internal.lock.PidText;
import dev.atexit.internal.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file with the number of this process, so that there is one instance of a program, and scripts can find it. It goes
 * when the program ends. The counterpart of the Python model's {@code write_pidfile}.
 *
 * <pre>{@code
 * PidFile.write(Path.of("/run/app.pid"));
 * }</pre>
 *
 * <p>Whoever lives has the lock of the file {@code PATH.lock} beside it, which is empty and stays there for ever; do not
 * delete it. Of several programs that start at once exactly one wins. A pid file whose owner is dead is taken over, which
 * is said in one line on standard error. A pid file without such a lock file is another program's: that one lives if a
 * process has the number, and is not this one; a file without a number is then left alone too.
 *
 * <p>The file is written down before it is made. So if the program is halted or killed its guardian removes it, or the next
 * sweep; or the next instance takes it over.
 *
 * <p><b>Threading.</b> All methods may be called from any thread at any time.
 *
 * <p><b>Ordering.</b> It is one handler of {@link dev.atexit.AtExit}, from before the file exists;
 * {@link dev.atexit.AtExit#clear} does not forget it.
 *
 * <p><b>Failure.</b> If the file cannot be written nothing is left of it, but for the lock file. At the exit, or when it
 * is closed, the file is removed only if it is still the one that was written, with the same content; else that is said in
 * one line, unless it is gone.
 *
 * <p><b>Time.</b> No bound but the exit's own. Who finds another instance that has just begun waits for its number for up
 * to a second.
 *
 * <p><b>Not guaranteed.</b> That a program which does not use the lock file, and writes the file in the same instant, is
 * seen.
 */
public final class PidFile implements AutoCloseable {
    /** Each further try means that somebody without our lock has made or removed the file in the same instant. */
    private static final int MAX_TRIES = 20;

    private final Path path;
    private final PidFileTask task;
    private final PidRecord record;

    // Guarded by this, and so are the record and the file: an exit that comes while it is being written waits.
    private @Nullable HeldFile lock;
    private @Nullable PidContent written;

    private PidFile(Path path) {
        this.path = path;
        this.task = new PidFileTask(this, path.toString());
        this.record = new PidRecord(path);
    }

    /**
     * Writes the number of this process, and a newline, to a file that then is there at once and whole. Symbolic links are
     * not followed.
     *
     * @param path the file; its directory must exist
     * @return what removes it
     * @throws PidFileExistsException if another instance has it
     * @throws NoSuchFileException if the directory does not exist
     * @throws IOException if it cannot be written, or is anything but a pid file
     * @throws IllegalArgumentException if the path does not end in a name
     * @throws IllegalStateException if the exit handlers of the program have run; nothing is written
     */
    public static PidFile write(Path path) throws IOException {
        Path absolute = Objects.requireNonNull(path, "path").toAbsolutePath();
        Path name = absolute.getFileName();
        if (name == null
                || name.toString().isEmpty()
                || name.toString().equals(".")
                || name.toString().equals("..")) {
            throw new IllegalArgumentException("path must end in the name of a file, but is '" + path + "'");
        }
        Path parent = absolute.getParent();
        if (parent != null && !Files.exists(parent)) {
            throw new NoSuchFileException(parent.toString(), null, "the directory of the pid file does not exist");
        }
        PidFile file = new PidFile(absolute);
        String said = file.write();
        if (said != null) {
            ExitScope.current().say(said);
        }
        return file;
    }

    /**
     * Where it is.
     *
     * @return the absolute path
     */
    public Path path() {
        return path;
    }

    /**
     * Whose number it has.
     *
     * @return the number of this process
     */
    public long pid() {
        return ProcessIdentity.own().pid;
    }

    /**
     * Removes the file now, if it is still ours, and lets another instance begin. A later, repeated or concurrent call
     * does nothing, once the first has ended.
     *
     * @throws IOException if the file cannot be removed; another instance may take it over all the same
     */
    @Override
    public void close() throws IOException {
        String left = remove();
        if (left != null) {
            ExitScope.current().say(left);
        }
    }

    /** Returns what is to be said, or null. */
    private synchronized @Nullable String write() throws IOException {
        ExitScope.current().register(task);
        boolean done = false;
        try {
            // Without a lock file nobody of ours has been here; and none must be made, or the next one would think so.
            boolean foreign = !Files.exists(PidText.lockOf(path));
            PidContent there = foreign ? PidContent.read(path) : null;
            if (there != null) {
                refuseIfAlive(there);
            }
            HeldFile held = PidContent.hold(path);
            if (held == null) {
                throw exists(PidContent.owner(path));
            }
            lock = held;
            String said = put(foreign);
            done = true;
            return said;
        } finally {
            if (!done) {
                HeldFile held = lock;
                lock = null;
                task.unregister();
                record.strikeOut();
                if (held != null) {
                    held.close();
                }
            }
        }
    }

    private void refuseIfAlive(PidContent there) throws IOException {
        if (there.pid == 0) {
            throw new PidFileExistsException(
                    path.toString(),
                    0,
                    "PID file " + Text.escape(path.toString())
                            + " already exists and holds no process number; if no program uses it, delete it");
        }
        if (there.isAnotherAlive()) {
            throw exists(there.pid);
        }
    }

    /** Puts the file into place; returns what is to be said about the one that was there, or null. */
    private @Nullable String put(boolean foreign) throws IOException {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            PidContent there = PidContent.read(path);
            if (there == null) {
                PidContent created = PidContent.create(path, record);
                if (created != null) {
                    written = created;
                    return null;
                }
            } else {
                // What comes while we have the lock is written by somebody who does not ask for it.
                if (foreign || tries > 0 || there.isForeignText()) {
                    refuseIfAlive(there);
                }
                written = PidContent.replace(path, record);
                return takenOver(there);
            }
        }
        throw new FileSystemException(path.toString(), null, "the pid file is made and removed all the time");
    }

    private String takenOver(PidContent there) {
        String owner = there.pid == 0 ? "a program" : "process " + there.pid;
        return "PID file " + Text.escape(path.toString()) + " was left by " + owner + " that has ended: taken over";
    }

    /** Removes the file if it is ours; returns what is to be said if it is not. */
    synchronized @Nullable String remove() throws IOException {
        HeldFile held = lock;
        PidContent ours = written;
        lock = null;
        written = null;
        if (held == null) {
            return null;
        }
        try {
            String left = ours == null ? null : remove(ours);
            record.strikeOut();
            return left;
        } finally {
            task.unregister();
            held.close();
        }
    }

    private @Nullable String remove(PidContent ours) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!ours.isStillAt(path)) {
                return "PID file " + Text.escape(path.toString()) + " is no longer ours: left alone";
            }
            Files.deleteIfExists(path);
        }
        return null;
    }

    private PidFileExistsException exists(long pid) {
        return new PidFileExistsException(
                path.toString(),
                pid,
                "PID file " + Text.escape(path.toString()) + " already exists (pid " + pid
                        + "); another instance may be running");
    }
}
