package dev.atexit.logging;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.StderrObserver;
import dev.atexit.internal.exit.Text;
import dev.atexit.internal.logging.FileLogs;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What closes last in one exit scope, and how far that is registered. */
final class Backends {
    private static final String JUL_CLASS = "java.util.logging.LogManager";

    // Guarded by itself. Nothing in a value refers to its key.
    private static final Map<ExitScope, Backends> SCOPES = new WeakHashMap<>();

    // All guarded by this. The type of jul is not named, so that this class works without java.logging.
    private @Nullable LoggingBackend jul;
    private boolean julRegistered;
    private boolean searched;
    private final List<LoggingBackend> frameworks = new ArrayList<>();

    static Backends of(ExitScope scope) {
        synchronized (SCOPES) {
            Backends there = SCOPES.get(scope);
            if (there == null) {
                there = new Backends();
                SCOPES.put(scope, there);
            }
            return there;
        }
    }

    /** Registers java.util.logging and every framework for which there is a backend; what is registered, is prepared. */
    synchronized void registerAll(ExitScope scope) {
        if (jul == null && Frameworks.isThere(JUL_CLASS, Frameworks.own())) {
            jul = new JulBackend(scope);
        }
        if (jul != null) {
            registerJul(scope, jul);
        }
        for (LoggingBackend framework : frameworks) {
            prepare(framework, nameOf(framework));
        }
        if (!searched) {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            registerFrameworks(scope, Frameworks.findBackends(context), context);
            searched = true;
        }
    }

    private void registerJul(ExitScope scope, LoggingBackend backend) {
        if (!julRegistered) {
            scope.addFinisher(new BackendTask(scope, backend, backend.name(), null));
            julRegistered = true;
        }
        prepare(backend, backend.name());
    }

    private void registerFrameworks(ExitScope scope, List<LoggingBackend> found, @Nullable ClassLoader context) {
        List<String> names = new ArrayList<>();
        TinylogBackend tinylog = scope.endsWithJvm() ? TinylogBackend.find(context) : null;
        if (tinylog != null) {
            found.add(tinylog);
        }
        for (LoggingBackend framework : found) {
            String name = nameOf(framework);
            names.add(name);
            // The JVM of a test goes on, and with it all that is logged elsewhere.
            boolean spared = !scope.endsWithJvm() && framework.closesForGood();
            if (!spared && prepare(framework, name)) {
                BeginTask begin = new BeginTask(framework, name);
                scope.addFinisher(new BackendTask(scope, framework, name, begin));
                scope.addOpener(begin);
                frameworks.add(framework);
            }
        }
        Frameworks.nameUncovered(names, context);
    }

    private static boolean prepare(LoggingBackend backend, String name) {
        try {
            backend.prepare();
            return true;
        } catch (Exception | LinkageError failed) {
            StderrObserver.print("logging '" + Text.escape(name) + "' is not closed last: " + Text.describe(failed));
            return false;
        }
    }

    private static String nameOf(LoggingBackend backend) {
        try {
            return backend.name();
        } catch (RuntimeException | LinkageError broken) {
            return backend.getClass().getName();
        }
    }

    /** Opens a log file, and only then registers that it is closed: a file that cannot be opened leaves no trace. */
    synchronized Logger openFile(ExitScope scope, File file, String name, Level level, FileLogs.Way way)
            throws IOException {
        JulBackend backend = jul == null ? new JulBackend(scope) : (JulBackend) jul;
        Logger logger = backend.files().open(file, name, level, way);
        jul = backend;
        try {
            registerJul(scope, backend);
        } catch (IllegalStateException tooLate) {
            backend.files().close();
            throw tooLate;
        }
        return logger;
    }

    /** False if no log file is open for it. */
    synchronized boolean closeFiles(Logger logger) {
        return jul != null && ((JulBackend) jul).files().close(logger);
    }
}
