package dev.atexit.internal.exit;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where tasks were registered. Loaded only where somebody wants to know: it costs more than registering itself. */
final class Sites implements Function<Stream<StackWalker.StackFrame>, @Nullable StackTraceElement> {
    private static final String OWN = "internal.exit.";

    /** What stands before the names of the library's packages; it may have been moved into another one. */
    private static final String BASE = base();

    private static final String[] PACKAGES = {"", "file.", "lock.", "logging.", "signal.", "durable."};

    private static final Map<Task, StackTraceElement> SITES = Collections.synchronizedMap(new WeakHashMap<>());

    private static final Sites WALK = new Sites();

    private Sites() {}

    private static String base() {
        String name = Sites.class.getName();
        return name.substring(
                0, name.length() - OWN.length() - Sites.class.getSimpleName().length());
    }

    /** Remembers who registers a task: the first caller outside of the library. */
    static void remember(Task task) {
        StackTraceElement site = StackWalker.getInstance().walk(WALK);
        if (site != null) {
            SITES.put(task, site);
        }
    }

    static @Nullable StackTraceElement of(Task task) {
        return SITES.get(task);
    }

    @Override
    public @Nullable StackTraceElement apply(Stream<StackWalker.StackFrame> frames) {
        Iterator<StackWalker.StackFrame> walk = frames.iterator();
        while (walk.hasNext()) {
            StackWalker.StackFrame frame = walk.next();
            if (!isOwn(frame.getClassName())) {
                return frame.toStackTraceElement();
            }
        }
        return null;
    }

    private static boolean isOwn(String className) {
        if (!className.startsWith(BASE)) {
            return false;
        }
        String inside = className.substring(BASE.length());
        int end = inside.lastIndexOf('.') + 1;
        for (String name : PACKAGES) {
            if (end == name.length() && inside.startsWith(name)) {
                return true;
            }
        }
        return inside.startsWith("internal.");
    }
}
