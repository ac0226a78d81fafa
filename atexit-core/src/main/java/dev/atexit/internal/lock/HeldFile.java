package dev.atexit.internal.lock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lock file that this process holds, until it is closed. Belongs to no thread. */
public final class HeldFile implements AutoCloseable {
    private final Path path;
    private final String key;
    private final LockTable table;
    private final boolean quiet;
    private final Owner owner = Owner.ownSince(System.currentTimeMillis());
    private final AtomicBoolean freed = new AtomicBoolean();

    private HeldFile(Path path, String key, LockTable table, boolean quiet) {
        this.path = path;
        this.key = key;
        this.table = table;
        this.quiet = quiet;
    }

    static HeldFile begin(Path path, String key, LockTable table, boolean quiet) throws IOException {
        boolean begun = false;
        try {
            HeldFile held = new HeldFile(path, key, table, quiet);
            if (!quiet) {
                OwnerFile.write(path, held.owner);
            }
            begun = true;
            return held;
        } finally {
            if (!begun) {
                table.free(key);
            }
        }
    }

    /** Who holds it: this process. */
    public Owner owner() {
        return owner;
    }

    public boolean isHeld() {
        return !freed.get();
    }

    /** Frees it. A second call does nothing, whoever holds it by then. */
    @Override
    public void close() throws IOException {
        free(false);
    }

    /**
     * Deletes the lock file, if it still is the one that is held, and frees it. Only for lock files whose names are never
     * used again. After {@link #close} it does nothing.
     */
    public void deleteAndClose() throws IOException {
        free(true);
    }

    private void free(boolean delete) throws IOException {
        if (!freed.compareAndSet(false, true)) {
            return;
        }
        try {
            if (delete && key.equals(LockFile.key(path))) {
                Files.deleteIfExists(path);
            }
            if (!quiet) {
                OwnerFile.delete(path);
            }
        } finally {
            table.free(key);
        }
    }
}
