package dev.atexit.internal.lock;

import dev.atexit.internal.exit.Rendezvous;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The lock files that this JVM holds, known to all copies of the library in it, and the turn that whoever opens a lock
 * file must have.
 *
 * <p>When any channel of a file is closed, the kernel drops every lock that the process has on it. So a file that is held
 * is not opened; and a channel that was opened all the same (under another name, or since somebody locks it without this
 * library) is not closed before the holder's is. Only files that are known not to be held are opened and closed freely,
 * and that knowledge lasts as long as the turn.
 *
 * <p>The table has one entry, {@code state} → Object[] {ReentrantLock, the turn; HashMap from the key of a file to the
 * List of its channels, guarded by itself, for those that are held; HashMap from key to channel, guarded by the turn, for
 * those that somebody else in this JVM has locked; int[1], how many have asked for the turn}. It is there as long as
 * anybody has the turn or holds anything. The channels in it are not collected, so a lock whose handle was lost stays
 * held until the program ends.
 *
 * <p>Lock order: the turn, the table, the map of the held ones.
 */
final class LockTable {
    private static final String NAME = "locks";
    private static final String STATE = "state";

    private final ReentrantLock turn;
    private final Map<String, List<FileChannel>> held;
    private final Map<String, FileChannel> foreign;

    @SuppressWarnings("unchecked")
    private LockTable(Object[] state) {
        turn = (ReentrantLock) state[0];
        held = (Map<String, List<FileChannel>>) state[1];
        foreign = (Map<String, FileChannel>) state[2];
    }

    /** Waits for the turn. */
    static LockTable enter() {
        LockTable table = new LockTable(Rendezvous.withTable(NAME, new Enter()));
        table.turn.lock();
        return table;
    }

    /** Gives the turn to the next one. */
    void leave() {
        turn.unlock();
        Rendezvous.withTable(NAME, new Leave(1));
    }

    boolean isHeld(String key) {
        synchronized (held) {
            return held.containsKey(key);
        }
    }

    /** The file is locked through this channel. With the turn only. */
    void hold(String key, FileChannel channel) {
        List<FileChannel> channels = new ArrayList<>(1);
        channels.add(channel);
        synchronized (held) {
            held.put(key, channels);
        }
    }

    /** Closes the channel, or has it closed with those of the holder. With the turn only. */
    void dispose(@Nullable String key, FileChannel channel) throws IOException {
        synchronized (held) {
            List<FileChannel> channels = key == null ? null : held.get(key);
            if (channels != null) {
                channels.add(channel);
                return;
            }
        }
        channel.close();
    }

    /** Somebody in this JVM has locked the file without us: closing the channel would drop that lock. With the turn only. */
    void keepForeign(String key, FileChannel channel) {
        foreign.put(key, channel);
    }

    /** The channel that was kept, now to be tried again; or null. With the turn only. */
    @Nullable
    FileChannel takeForeign(String key) {
        return foreign.remove(key);
    }

    /** Frees the file. Without the turn: an exit must not wait for somebody who opens a file. */
    void free(String key) throws IOException {
        IOException failure = null;
        for (FileChannel channel = next(key); channel != null; channel = next(key)) {
            try {
                channel.close();
            } catch (IOException closedAllTheSame) {
                failure = closedAllTheSame;
            }
        }
        Rendezvous.withTable(NAME, new Leave(0));
        if (failure != null) {
            throw failure;
        }
    }

    /** The next channel to close; when there is none left, the file is held no more. */
    private @Nullable FileChannel next(String key) {
        synchronized (held) {
            List<FileChannel> channels = held.get(key);
            if (channels == null) {
                return null;
            }
            if (channels.isEmpty()) {
                held.remove(key);
                return null;
            }
            return channels.remove(channels.size() - 1);
        }
    }

    private static final class Enter implements Function<Map<Object, Object>, Object[]> {
        @Override
        public Object[] apply(Map<Object, Object> table) {
            Object[] state = (Object[]) table.get(STATE);
            if (state == null) {
                state = new Object[] {new ReentrantLock(), new HashMap<>(), new HashMap<>(), new int[1]};
                table.put(STATE, state);
            }
            ((int[]) state[3])[0]++;
            return state;
        }
    }

    private static final class Leave implements Function<Map<Object, Object>, Object> {
        private final int askers;

        Leave(int askers) {
            this.askers = askers;
        }

        @Override
        public Object apply(Map<Object, Object> table) {
            Object[] state = (Object[]) table.get(STATE);
            if (state != null) {
                int[] asked = (int[]) state[3];
                asked[0] -= askers;
                if (asked[0] == 0 && isEmpty(state[1]) && isEmpty(state[2])) {
                    table.remove(STATE);
                }
            }
            return this;
        }

        private static boolean isEmpty(Object map) {
            synchronized (map) {
                return ((Map<?, ?>) map).isEmpty();
            }
        }
    }
}
