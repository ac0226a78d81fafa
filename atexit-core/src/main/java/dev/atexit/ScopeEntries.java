package dev.atexit;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a stack of one scope holds, newest on top. It is open, then closing, then closed: closing begins once, and is over
 * when nothing is left. Until then entries are welcome, and are taken next.
 *
 * <p>All fields are guarded by {@code lock}; nothing of the user's runs while it is held.
 *
 * @param <E> what is held
 */
final class ScopeEntries<E> {
    private final Object lock = new Object();
    private ArrayDeque<E> entries;
    private boolean closing;
    private boolean closed;

    ScopeEntries() {
        this(new ArrayDeque<>());
    }

    private ScopeEntries(ArrayDeque<E> entries) {
        this.entries = entries;
    }

    /** Puts an entry on top; false, and nothing is stored, if it would never be taken. */
    boolean push(E entry) {
        synchronized (lock) {
            if (!closed) {
                entries.push(entry);
            }
            return !closed;
        }
    }

    /** Puts an entry on top, or says that it is too late. */
    void pushOrThrow(E entry) {
        if (!push(entry)) {
            throw closed();
        }
    }

    static IllegalStateException closed() {
        return new IllegalStateException("the stack is closed: what is registered now would never run");
    }

    /** True for the one caller that shall take the entries. */
    boolean beginClosing() {
        synchronized (lock) {
            boolean first = !closing;
            closing = true;
            return first;
        }
    }

    /** Takes the newest entry while closing; null if nothing is left, and then for good. */
    @Nullable
    E take() {
        synchronized (lock) {
            E entry = entries.poll();
            closed = entry == null;
            return entry;
        }
    }

    /** Moves everything to a new one, which is open whatever this one is. O(1). */
    ScopeEntries<E> moveAll() {
        synchronized (lock) {
            ScopeEntries<E> moved = new ScopeEntries<>(entries);
            entries = new ArrayDeque<>();
            return moved;
        }
    }
}
