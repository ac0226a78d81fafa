package dev.atexit.report.timeline;

import dev.atexit.report.RecordedExit.Entry;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which of the entries of one registry, or of the exit, decided how long it took: the last to end, the one that this one
 * had to wait for, and so on. What an entry had to wait for is, of all that may have held it back, the last to end before
 * it started: what it was registered to run after, what ran before it on its thread, and outside of a registry
 * everything, since handlers run one after the other.
 */
final class CriticalPath {
    private final boolean inRegistry;
    private final TreeSet<Moment> all = new TreeSet<>();
    private final Map<String, TreeSet<Moment>> byName = new HashMap<>();
    private final Map<String, TreeSet<Moment>> byThread = new HashMap<>();

    private CriticalPath(List<Entry> siblings, boolean inRegistry) {
        this.inRegistry = inRegistry;
        for (Entry entry : siblings) {
            if (entry.outcome().isStarted()) {
                Moment moment = new Moment(Span.end(entry), Span.start(entry), entry);
                all.add(moment);
                if (inRegistry) {
                    byName.computeIfAbsent(entry.name(), name -> new TreeSet<>())
                            .add(moment);
                    entry.thread()
                            .ifPresent(thread -> byThread.computeIfAbsent(thread, name -> new TreeSet<>())
                                    .add(moment));
                }
            }
        }
    }

    /** When an entry ended. Of those that are equal in both times one is enough. */
    private record Moment(long end, long start, @Nullable Entry entry) implements Comparable<Moment> {
        @Override
        public int compareTo(Moment other) {
            int byEnd = Long.compare(end, other.end);
            return byEnd != 0 ? byEnd : Long.compare(start, other.start);
        }
    }

    static Set<Entry> of(List<Entry> siblings, boolean inRegistry) {
        return new CriticalPath(siblings, inRegistry).walk();
    }

    private Set<Entry> walk() {
        Set<Entry> path = Collections.newSetFromMap(new IdentityHashMap<>());
        Moment at = all.isEmpty() ? null : all.last();
        while (at != null && at.entry != null) {
            path.add(at.entry);
            at = before(at, at.entry);
        }
        return path;
    }

    private @Nullable Moment before(Moment moment, Entry entry) {
        // The start gets smaller with each step, so this ends.
        Moment limit = new Moment(moment.start, moment.start, null);
        if (!inRegistry) {
            return all.lower(limit);
        }
        Moment latest =
                entry.thread().map(byThread::get).map(on -> on.lower(limit)).orElse(null);
        for (String name : entry.after()) {
            TreeSet<Moment> called = byName.get(name);
            Moment ended = called == null ? null : called.lower(limit);
            if (ended != null && (latest == null || ended.compareTo(latest) > 0)) {
                latest = ended;
            }
        }
        return latest;
    }
}
