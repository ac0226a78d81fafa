package dev.atexit.logging;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.logging.FileLogs;
import dev.atexit.internal.logging.JulCloser;
import java.time.Duration;

/** Closes java.util.logging, and with it {@code System.Logger}. Loaded only where its module is there. */
final class JulBackend implements LoggingBackend {
    private final FileLogs files = new FileLogs();
    private final boolean endsWithJvm;

    JulBackend(ExitScope scope) {
        this.endsWithJvm = scope.endsWithJvm();
    }

    FileLogs files() {
        return files;
    }

    @Override
    public String name() {
        return "java.util.logging";
    }

    @Override
    public void prepare() {
        if (endsWithJvm) {
            JulCloser.prepare();
        }
    }

    /** Takes no heed of the bound: handlers cannot be told one. */
    @Override
    public long close(Duration bound) {
        try {
            if (endsWithJvm) {
                JulCloser.closeAll();
            } else {
                // The JVM of a test goes on, and with it all that is logged elsewhere.
                JulCloser.flushAll();
            }
        } finally {
            files.close();
        }
        return 0;
    }
}
