package dev.atexit.internal.lock;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lock file that this process holds, until it is closed. Belongs to no thread. */
public final class HeldFile implements AutoCloseable {
    private final Path path;
    private final String key;
    private final LockTable table;
    private final Owner owner = Owner.ownSince(System.currentTimeMillis());
    private final AtomicBoolean freed = new AtomicBoolean();

    private HeldFile(Path path, String key, LockTable table) {
        this.path = path;
        this.key = key;
        this.table = table;
    }

    static HeldFile begin(Path path, String key, LockTable table) throws IOException {
        boolean begun = false;
        try {
            HeldFile held = new HeldFile(path, key, table);
            OwnerFile.write(path, held.owner);
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
        if (freed.compareAndSet(false, true)) {
            try {
                OwnerFile.delete(path);
            } finally {
                table.free(key);
            }
        }
    }
}
