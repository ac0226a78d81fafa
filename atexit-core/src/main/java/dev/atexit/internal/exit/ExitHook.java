package dev.atexit.internal.exit;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** The one shutdown hook. Watches the exit; never runs a handler itself unless there is no other thread to be had. */
final class ExitHook extends SystemThread {
    private final ExitScope scope;

    private ExitHook(ExitScope scope) {
        super("atexit-hook");
        this.scope = scope;
    }

    /** Creates the hook so that it does not remember, and keep in memory, the classes of who asked for it. */
    @SuppressWarnings("removal")
    static ExitHook create(ExitScope scope) {
        return AccessController.doPrivileged(new Creation(scope));
    }

    @Override
    public void run() {
        scope.exit();
    }

    @SuppressWarnings("removal")
    private static final class Creation implements PrivilegedAction<ExitHook> {
        private final ExitScope scope;

        Creation(ExitScope scope) {
            this.scope = scope;
        }

        @Override
        public ExitHook run() {
            return new ExitHook(scope);
        }
    }
}
