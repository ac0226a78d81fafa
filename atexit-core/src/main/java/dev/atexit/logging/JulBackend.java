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

    /** When some hang, the files are left as they are: one of them may be what hangs. Their lines are written. */
    @Override
    public long close(Duration bound) throws Exception {
        try {
            if (endsWithJvm) {
                JulCloser.closeAll(bound.toNanos());
            } else {
                // The JVM of a test goes on, and with it all that is logged elsewhere.
                JulCloser.flushAll(bound.toNanos());
            }
        } catch (IllegalStateException someFailed) {
            files.close();
            throw someFailed;
        }
        files.close();
        return 0;
    }
}
