package dev.atexit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a registry by name, and which of them wait for which. Not thread-safe.
 *
 * <p>A name is open as long as something registered under it has not ended. Each pending entry counts the open names it
 * waits for; with none it is ready. All steps cost O(log n) and as much for each entry that waits for the name in
 * question.
 */
final class EntryGraph {
    private static final int MAX_SHOWN = 20;

    private final Map<String, Node> nodes = new HashMap<>();

    /** What there is under each name, in the order of registration. */
    private final Map<String, RegistryEntry> listed = new LinkedHashMap<>();

    // Every pending entry is in one of the two, by its place.
    private final TreeMap<Long, RegistryEntry> ready = new TreeMap<>();
    private final TreeMap<Long, RegistryEntry> blocked = new TreeMap<>();

    private long places;
    private int searches;

    /** A name that is registered or that somebody waits for. */
    private static final class Node {
        final String name;

        /** The pending entries that wait for this name. */
        final Set<RegistryEntry> waiting = new HashSet<>(4);

        /** How many entries of this name are pending or running: more than one if it was replaced while it ran. */
        int open;

        /** Whether there ever was an entry of this name. */
        boolean seen;

        /** The last search that came by. */
        int search;

        /** Where that search came from. */
        @Nullable
        Node from;

        Node(String name) {
            this.name = name;
        }
    }

    private Node node(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            node = new Node(name);
            nodes.put(name, node);
        }
        return node;
    }

    private void tidy(Node node) {
        if (node.open == 0 && node.waiting.isEmpty() && !listed.containsKey(node.name)) {
            nodes.remove(node.name);
        }
    }

    // ---- registering

    /**
     * Refuses an entry that would wait for itself. Nothing is changed.
     *
     * @throws IllegalArgumentException that names the cycle
     */
    void checkAcyclic(String name, String[] after) {
        for (String other : after) {
            if (other.equals(name)) {
                throw cycle(List.of(name, name));
            }
        }
        Node target = nodes.get(name);
        if (target != null && !target.waiting.isEmpty() && after.length > 0) {
            search(target, after);
        }
    }

    private void search(Node target, String[] after) {
        searches++;
        ArrayDeque<Node> open = new ArrayDeque<>();
        for (String other : after) {
            visit(nodes.get(other), target, open);
        }
        for (Node node = open.poll(); node != null; node = open.poll()) {
            RegistryEntry entry = listed.get(node.name);
            if (entry != null && entry.phase == RegistryEntry.PENDING) {
                for (String next : entry.after) {
                    if (next.equals(target.name)) {
                        throw cycle(path(target, node));
                    }
                    visit(nodes.get(next), node, open);
                }
            }
        }
    }

    private void visit(@Nullable Node node, Node from, ArrayDeque<Node> open) {
        if (node != null && node.search != searches) {
            node.search = searches;
            node.from = from;
            open.add(node);
        }
    }

    private static List<String> path(Node target, Node last) {
        ArrayDeque<String> names = new ArrayDeque<>();
        names.addFirst(target.name);
        for (Node node = last; node != null && node != target; node = node.from) {
            names.addFirst(node.name);
        }
        names.addFirst(target.name);
        return new ArrayList<>(names);
    }

    private static IllegalArgumentException cycle(List<String> names) {
        StringBuilder text = new StringBuilder();
        int hidden = Math.max(0, names.size() - MAX_SHOWN);
        for (int i = 0; i < names.size(); i++) {
            if (hidden > 0 && i == MAX_SHOWN / 2) {
                text.append(" after (").append(hidden).append(" more)");
                i += hidden;
            }
            text.append(i == 0 ? "" : " after ").append(Arguments.quoted(names.get(i)));
        }
        return new IllegalArgumentException(
                "after must not close a cycle, but this would: " + text + "; nothing was registered");
    }

    /** Adds an entry on top, in the place of the one that had its name. */
    void add(RegistryEntry entry) {
        Node node = node(entry.name);
        RegistryEntry replaced = listed.remove(entry.name);
        listed.put(entry.name, entry);
        node.seen = true;
        entry.place = ++places;
        for (String other : entry.after) {
            Node wanted = node(other);
            wanted.waiting.add(entry);
            if (wanted.open > 0) {
                entry.unmet++;
            }
        }
        place(entry);
        // Open before the replaced one closes it, so that nobody who waits for the name slips through.
        open(node);
        if (replaced != null && replaced.phase == RegistryEntry.PENDING) {
            withdraw(replaced);
        }
    }

    private void place(RegistryEntry entry) {
        (entry.unmet == 0 ? ready : blocked).put(entry.place, entry);
    }

    private void open(Node node) {
        node.open++;
        if (node.open == 1) {
            for (RegistryEntry entry : node.waiting) {
                if (entry.unmet == 0) {
                    ready.remove(entry.place);
                    blocked.put(entry.place, entry);
                }
                entry.unmet++;
            }
        }
    }

    private void close(Node node) {
        node.open--;
        if (node.open == 0) {
            for (RegistryEntry entry : node.waiting) {
                entry.unmet--;
                if (entry.unmet == 0) {
                    blocked.remove(entry.place);
                    ready.put(entry.place, entry);
                }
            }
        }
        tidy(node);
    }

    // ---- unregistering

    /** Forgets what there is under a name; false if there is nothing. */
    boolean remove(String name) {
        RegistryEntry entry = listed.remove(name);
        if (entry == null) {
            return false;
        }
        if (entry.phase == RegistryEntry.PENDING) {
            withdraw(entry);
        } else {
            tidy(node(name));
        }
        return true;
    }

    private void withdraw(RegistryEntry entry) {
        waitsNoMore(entry);
        entry.gone();
        close(node(entry.name));
    }

    /** A pending entry leaves the ranks. */
    private void waitsNoMore(RegistryEntry entry) {
        (entry.unmet == 0 ? ready : blocked).remove(entry.place);
        for (String other : entry.after) {
            Node wanted = node(other);
            wanted.waiting.remove(entry);
            tidy(wanted);
        }
    }

    // ---- running

    boolean hasReady() {
        return !ready.isEmpty();
    }

    boolean hasPending() {
        return !ready.isEmpty() || !blocked.isEmpty();
    }

    int pendingCount() {
        return ready.size() + blocked.size();
    }

    /** Takes the newest entry that waits for nothing; null if there is none. */
    @Nullable
    RegistryEntry takeReady() {
        return ready.isEmpty() ? null : take(ready.lastEntry().getValue());
    }

    /** Takes a pending entry even if it waits for others; null if there is none. */
    @Nullable
    RegistryEntry takeAny() {
        if (ready.isEmpty() && !blocked.isEmpty()) {
            return take(blocked.lastEntry().getValue());
        }
        return takeReady();
    }

    private RegistryEntry take(RegistryEntry entry) {
        entry.missing = missing(entry);
        waitsNoMore(entry);
        return entry;
    }

    private @Nullable String missing(RegistryEntry entry) {
        String names = null;
        for (String other : entry.after) {
            if (!node(other).seen) {
                names = (names == null ? "" : names + ", ") + Arguments.quoted(other);
            }
        }
        return names;
    }

    /** An entry that was taken has ended: the others need not wait for it any longer. */
    void ended(RegistryEntry entry) {
        close(node(entry.name));
    }

    /** What there is, oldest first. */
    List<RegistryEntry> listed() {
        return new ArrayList<>(listed.values());
    }

    /** Whether this very entry is what there is under its name. */
    boolean has(RegistryEntry entry) {
        return listed.get(entry.name) == entry;
    }
}
