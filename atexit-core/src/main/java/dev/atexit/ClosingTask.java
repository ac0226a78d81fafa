package dev.atexit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Task;
import org.jspecify.annotations.Nullable;

/** A resource to be closed. Matches by identity: two resources that are equal are still two resources. */
final class ClosingTask extends Task implements Registration {
    private @Nullable AutoCloseable resource;

    private ClosingTask(AutoCloseable resource) {
        this.resource = resource;
    }

    static void register(AutoCloseable resource) {
        ExitScope.current().register(new ClosingTask(resource));
    }

    @Override
    protected void run() throws Exception {
        AutoCloseable open = resource;
        if (open != null) {
            open.close();
        }
    }

    @Override
    protected void release() {
        resource = null;
    }

    @Override
    public String label() {
        AutoCloseable open = resource;
        return open == null ? "close" : "close " + Arguments.label(open);
    }

    @Override
    protected boolean matches(Object other) {
        return resource == other;
    }
}
