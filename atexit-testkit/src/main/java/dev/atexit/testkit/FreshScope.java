package dev.atexit.testkit;

import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Reason;
import dev.atexit.internal.exit.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;

/** The fresh {@code AtExit} of one test. Closed by JUnit, too, in case the test never came to its end. */
final class FreshScope implements AutoCloseable {
    private static final Turn TURN = new Turn();

    private final ExitScope scope;
    private final ExitScope before;
    private final AtExitControl control;
    private final @Nullable FakeClock clock;
    private boolean ended;

    private FreshScope(ExitScope scope, ExitScope before, @Nullable FakeClock clock) {
        this.scope = scope;
        this.before = before;
        this.clock = clock;
        this.control = new AtExitControl(scope, Translator.of(scope));
    }

    static FreshScope begin(String test, @Nullable FakeClock clock) throws InterruptedException {
        TURN.take(test);
        ExitScope scope = ExitScope.detached(clock == null ? null : clock.engines());
        return new FreshScope(scope, ExitScope.replaceCurrent(scope), clock);
    }

    AtExitControl control() {
        return control;
    }

    @Nullable
    FakeClock clock() {
        return clock;
    }

    /** Ends the test's {@code AtExit}, puts the one before back, and then fails if handlers are left that must not be. */
    void end(boolean pendingAllowed) {
        List<String> left = control.pending();
        close();
        if (!left.isEmpty() && !pendingAllowed && !control.pendingAllowed()) {
            throw new AssertionFailedError("the test left " + left.size()
                    + (left.size() == 1 ? " handler" : " handlers")
                    + " pending: " + quoted(left) + "; let them run with AtExitControl.exit(), unregister them, or "
                    + "allow it with AtExitControl.allowPending() or @AllowPending");
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            if (!scope.exiting()) {
                // What the library itself holds, such as temp files and log files, must not outlive the test.
                scope.clear();
                scope.simulateExit(Reason.endOfMain());
            }
        } finally {
            ExitScope.replaceCurrent(before);
            TURN.give();
        }
    }

    private static String quoted(List<String> names) {
        StringBuilder out = new StringBuilder();
        for (String name : names) {
            out.append(out.length() == 0 ? "'" : ", '")
                    .append(Text.escape(name))
                    .append('\'');
        }
        return out.toString();
    }
}
