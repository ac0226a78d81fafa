package dev.atexit;

import dev.atexit.internal.exit.Clock;
import dev.atexit.internal.exit.ExitScope;
import dev.atexit.internal.exit.Reason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An exit of its own for one test, and what it printed. */
final class RegistryScope implements AutoCloseable {
    private final ExitScope before;
    private final ExitScope scope;
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    RegistryScope() {
        this(new RealClock());
    }

    RegistryScope(Clock clock) {
        scope = ExitScope.detached(clock);
        before = ExitScope.replaceCurrent(scope);
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    ExitReport exit() {
        return Reports.report(scope.simulateExit(Reason.endOfMain()));
    }

    List<String> printed() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Override
    public void close() {
        System.setErr(errBefore);
        ExitScope.replaceCurrent(before);
    }

    static class RealClock extends Clock {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis();
        }

        @Override
        public void await(Object monitor, long nanos, List<Thread> busy) throws InterruptedException {
            monitor.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }
    }

    /**
     * Time that passes while somebody waits for it: a hundred times faster where the wait is long, so that what hangs
     * anyway hangs for less; as it is where the wait is short, since it may be for a thread to react.
     */
    static final class FastClock extends Clock {
        private static final long SHORT_NANOS = 100_000_000;

        private final AtomicLong nanos = new AtomicLong(1);

        @Override
        public long nanos() {
            return nanos.get();
        }

        @Override
        public long millis() {
            return 1_000_000 + nanos.get() / 1_000_000;
        }

        @Override
        public void await(Object monitor, long wait, List<Thread> busy) throws InterruptedException {
            int speed = wait > SHORT_NANOS ? 100 : 1;
            long began = System.nanoTime();
            monitor.wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait / speed)));
            nanos.addAndGet(Math.min(wait, (System.nanoTime() - began) * speed));
        }
    }
}
