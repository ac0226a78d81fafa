package dev.atexit.signal;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.StderrObserver;
import dev.atexit.internal.exit.Text;
import dev.atexit.internal.signal.SignalSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen on which signal. Signals belong to the process, so there is one table. Every method is static and
 * guarded by {@code TABLE}; no action runs while it is held.
 */
final class SignalTable {
    private static final Map<String, Dispatcher> TABLE = new HashMap<>();

    private static final String PREFIX = "SIG";

    /** What the JVM gives away unless it was started with {@code -Xrs}. */
    private static final List<String> REDUCED = List.of("TERM", "INT", "HUP");

    /** The JVM would give this one away, but needs it when a mapped file is cut short. */
    private static final String KEPT_BY_US = "BUS";

    private static final String HOW = "; signal must be one such as HUP, TERM, INT, USR1 or WINCH";

    // Guarded by TABLE.
    private static boolean warned;

    private SignalTable() {}

    /** Something that is to happen on a signal: an action, or an exit with a status. */
    static final class Entry {
        final String signal;
        final @Nullable Runnable action;
        final int status;

        Entry(String signal, @Nullable Runnable action, int status) {
            this.signal = signal;
            this.action = action;
            this.status = status;
        }
    }

    /** Adds an action. */
    static Entry on(String signal, Runnable action) {
        return add(new Entry(checkName(signal), action, 0));
    }

    /** Adds an exit. */
    static Entry exitStatus(String signal, int status) {
        return add(new Entry(checkName(signal), null, status));
    }

    private static String checkName(String signal) {
        String name = signal.startsWith(PREFIX) ? signal.substring(PREFIX.length()) : signal;
        if (name.isEmpty()) {
            throw new IllegalArgumentException("no signal is named '" + Text.escape(signal) + "'" + HOW);
        }
        if (name.equals(KEPT_BY_US)) {
            throw new IllegalArgumentException("SIG" + name + " is kept by the JVM" + HOW);
        }
        return name;
    }

    private static Entry add(Entry entry) {
        synchronized (TABLE) {
            Dispatcher dispatcher = TABLE.get(entry.signal);
            if (dispatcher == null) {
                dispatcher = install(entry.signal);
                if (dispatcher == null) {
                    return entry;
                }
                TABLE.put(entry.signal, dispatcher);
            }
            dispatcher.entries.add(entry);
            return entry;
        }
    }

    /** Null where no signals can be had, which is said once. */
    private static @Nullable Dispatcher install(String signal) {
        SignalSource source = SignalSource.find();
        if (source == null) {
            warn("signals cannot be handled: this Java has no module jdk.unsupported");
            return null;
        }
        Dispatcher dispatcher = new Dispatcher();
        try {
            dispatcher.installed = source.install(signal, dispatcher);
            return dispatcher;
        } catch (IllegalArgumentException refused) {
            if (REDUCED.contains(signal)) {
                warn("signals cannot be handled: the JVM was started with -Xrs");
                return null;
            }
            throw new IllegalArgumentException(
                    "SIG" + Text.escape(signal) + " does not exist here, or is kept by the JVM or the system" + HOW,
                    refused);
        }
    }

    private static void warn(String line) {
        if (!warned) {
            warned = true;
            StderrObserver.print(line);
        }
    }

    /** Takes an entry back; false if it was not there. */
    static boolean remove(Entry entry) {
        synchronized (TABLE) {
            Dispatcher dispatcher = TABLE.get(entry.signal);
            if (dispatcher == null || !dispatcher.entries.remove(entry)) {
                return false;
            }
            if (dispatcher.entries.isEmpty()) {
                TABLE.remove(entry.signal);
                if (dispatcher.installed != null) {
                    dispatcher.installed.restore();
                }
            }
            return true;
        }
    }

    /** Whether an entry is there. */
    static boolean contains(Entry entry) {
        synchronized (TABLE) {
            Dispatcher dispatcher = TABLE.get(entry.signal);
            return dispatcher != null && dispatcher.entries.contains(entry);
        }
    }

    /** What the JVM calls when the signal comes. */
    private static final class Dispatcher implements SignalSource.Action {
        // Guarded by TABLE; the newest last.
        private final List<Entry> entries = new ArrayList<>(1);

        // Guarded by TABLE.
        private SignalSource.@Nullable Installed installed;

        @Override
        public void signalled(String name, int number) {
            List<Entry> all;
            SignalSource.Installed previous;
            synchronized (TABLE) {
                all = new ArrayList<>(entries);
                previous = installed;
            }
            Entry exit = null;
            boolean acted = false;
            for (int i = all.size() - 1; i >= 0; i--) {
                Entry entry = all.get(i);
                if (entry.action != null) {
                    acted = true;
                    run(entry.action, name);
                } else if (exit == null) {
                    exit = entry;
                }
            }
            if (previous != null && (all.isEmpty() || !previous.replacedDefault())) {
                previous.callPrevious();
            }
            if (exit != null) {
                exit(exit.status, acted, name, number);
            }
        }

        private static void run(Runnable action, String name) {
            try {
                action.run();
            } catch (Throwable thrown) {
                StderrObserver.print("action on SIG" + Text.escape(name) + " failed: " + Text.describe(thrown));
            }
        }

        private static void exit(int status, boolean acted, String name, int number) {
            ExitScope scope = ExitScope.current();
            if (!scope.exiting()) {
                System.exit(status);
            } else if (!acted) {
                scope.signalDuringExit(name, number);
            }
        }
    }
}
