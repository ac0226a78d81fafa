package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.TaskResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a registry knows: its entries, which of them run, and its place at the program's exit. Every run of the registry
 * takes its entries from here, so that each runs once and never more at a time than allowed, however many runs there are.
 *
 * <p>Everything is guarded by this object's monitor. Lock order: the lock of an unwinder, this, the lock of the handler
 * stack. Nothing of the user's runs while it is held.
 */
final class RegistryState {
    final int parallelism;
    private final Object owner;
    private final @Nullable String name;
    private final EntryGraph graph = new EntryGraph();
    private final List<RegistryEntry> running = new ArrayList<>(1);
    private @Nullable RegistrySlot slot;

    RegistryState(Object owner, @Nullable String name, int parallelism) {
        this.owner = owner;
        this.name = name;
        this.parallelism = parallelism;
    }

    /**
     * Makes sure that the exit comes by: it has forgotten the registry after {@code AtExit.clear()}, and it is through
     * with it once it has found it empty.
     *
     * @throws IllegalStateException if the exit is through with everything
     */
    synchronized void attach() {
        RegistrySlot there = slot;
        if (there == null || there.isGone()) {
            RegistrySlot fresh = new RegistrySlot(this, owner, name);
            ExitScope.current().register(fresh);
            slot = fresh;
        }
    }

    /** A run will look for nothing more. */
    synchronized void runOver(RegistryRun run) {
        if (slot != null && slot.run == run) {
            slot = null;
        }
    }

    /** All or nothing. */
    synchronized void add(RegistryEntry entry) {
        graph.checkAcyclic(entry.name, entry.after);
        attach();
        graph.add(entry);
    }

    synchronized boolean remove(String entry) {
        return graph.remove(entry);
    }

    synchronized boolean remove(RegistryEntry entry) {
        return isPending(entry) && graph.remove(entry.name);
    }

    synchronized boolean isPending(RegistryEntry entry) {
        return entry.phase == RegistryEntry.PENDING && graph.has(entry);
    }

    synchronized List<ExitReport.Entry> entries() {
        return reports(graph.listed());
    }

    synchronized List<ExitReport.Entry> reports(List<RegistryEntry> entries) {
        List<ExitReport.Entry> reports = new ArrayList<>(entries.size());
        for (RegistryEntry entry : entries) {
            reports.add(entry.report());
        }
        return Collections.unmodifiableList(reports);
    }

    // ---- for runs

    synchronized boolean hasPending() {
        return graph.hasPending();
    }

    synchronized int pendingCount() {
        return graph.pendingCount();
    }

    /** Whether {@link #begin} would find something. */
    synchronized boolean canBegin() {
        return graph.hasReady() && busy() < parallelism;
    }

    /** Takes the entry that is to run next; null if none may run now. */
    synchronized @Nullable RegistryEntry begin() {
        if (busy() >= parallelism) {
            return null;
        }
        RegistryEntry entry = graph.takeReady();
        if (entry != null) {
            entry.begun(ExitScope.current().millis());
            running.add(entry);
        }
        return entry;
    }

    private int busy() {
        int busy = 0;
        for (RegistryEntry entry : running) {
            if (!entry.suspended) {
                busy++;
            }
        }
        return busy;
    }

    /** Takes an entry that will not run. */
    synchronized @Nullable RegistryEntry skip() {
        return graph.takeAny();
    }

    /** An entry that was taken has ended, in whatever way. */
    synchronized void ended(RegistryEntry entry, TaskResult result) {
        // Not if it was left behind before, by a run that did not wait for it any longer.
        if (running.remove(entry) || entry.phase == RegistryEntry.PENDING) {
            entry.ended(result);
            graph.ended(entry);
            notifyAll();
        }
    }

    /** The thread of an entry does not come back from it, or not in time. */
    synchronized void leaveBehind(RegistryEntry entry) {
        if (running.remove(entry)) {
            entry.leftBehind(ExitScope.current().millis());
            graph.ended(entry);
            notifyAll();
        }
    }

    /** The entry from which the current thread asks for a run, if it does. Until {@link #resume} it is in no one's way. */
    synchronized @Nullable RegistryEntry suspend(Thread caller) {
        for (RegistryEntry entry : running) {
            if (entry.thread == caller && !entry.suspended) {
                entry.suspended = true;
                notifyAll();
                return entry;
            }
        }
        return null;
    }

    synchronized void resume(RegistryEntry entry) {
        entry.suspended = false;
    }

    /** A running entry; null if there is none. Where entries wait for the run that asks, these do not count. */
    synchronized @Nullable RegistryEntry someRunning(boolean askedByEntry) {
        for (RegistryEntry entry : running) {
            if (!(askedByEntry && entry.suspended)) {
                return entry;
            }
        }
        return null;
    }

    synchronized boolean isRunning(RegistryEntry entry, boolean askedByEntry) {
        return running.contains(entry) && !(askedByEntry && entry.suspended);
    }
}
