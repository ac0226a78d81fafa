package dev.atexit.logging;

import dev.atexit.internal.exit.StderrObserver;
import dev.atexit.internal.exit.Text;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Looks for logging frameworks, and for what closes them. */
final class Frameworks {
    /** Of each framework: its name, a class that only it has, and the artifact that closes it. */
    private static final String[][] KNOWN = {
        {"Logback", "ch.qos.logback.classic.LoggerContext", "dev.atexit:atexit-logback"},
        {"Log4j2", "org.apache.logging.log4j.core.LoggerContext", "dev.atexit:atexit-log4j2"},
    };

    /** A file of services that is broken may be broken in each of its lines. */
    private static final int MAX_BROKEN = 20;

    private Frameworks() {}

    /** The backends that the program's and the library's class loaders know; one of each class. */
    static List<LoggingBackend> findBackends(@Nullable ClassLoader context) {
        List<LoggingBackend> found = new ArrayList<>();
        if (context != null) {
            collect(ServiceLoader.load(LoggingBackend.class, context), found);
        }
        collect(ServiceLoader.load(LoggingBackend.class, own()), found);
        return found;
    }

    private static void collect(ServiceLoader<LoggingBackend> services, List<LoggingBackend> found) {
        Iterator<LoggingBackend> backends = services.iterator();
        int broken = 0;
        while (broken < MAX_BROKEN) {
            try {
                if (!backends.hasNext()) {
                    return;
                }
                LoggingBackend backend = backends.next();
                if (!hasClass(found, backend.getClass())) {
                    found.add(backend);
                }
            } catch (ServiceConfigurationError | LinkageError error) {
                broken++;
                StderrObserver.print("a logging backend cannot be used: " + Text.describe(error));
            }
        }
    }

    private static boolean hasClass(List<LoggingBackend> backends, Class<?> type) {
        for (LoggingBackend backend : backends) {
            if (backend.getClass() == type) {
                return true;
            }
        }
        return false;
    }

    /** Says which frameworks are present though none of these backends closes them. */
    static void nameUncovered(List<String> covered, @Nullable ClassLoader context) {
        for (String[] framework : KNOWN) {
            if (!covered.contains(framework[0]) && (isThere(framework[1], context) || isThere(framework[1], own()))) {
                StderrObserver.print(framework[0] + " is present, but " + framework[2]
                        + ", which closes it last, is not: lines that exit handlers log may be lost");
            }
        }
    }

    /** Whether a class can be found; it is not initialized. */
    static boolean isThere(String className, @Nullable ClassLoader loader) {
        try {
            Class.forName(className, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError notUsable) {
            return false;
        }
    }

    static @Nullable ClassLoader own() {
        return Frameworks.class.getClassLoader();
    }
}
