package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.support.Stderr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The threads of an exit: what they inherit, that there are none to be had, that one dies. */
class ThreadsTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** The JVM's clock, with as many threads as it is given. */
    private static final class FewThreads extends Clock {
        final AtomicInteger left;

        FewThreads(int left) {
            this.left = new AtomicInteger(left);
        }

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
            TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
        }

        @Override
        boolean start(SystemThread thread) {
            return left.getAndDecrement() > 0 && thread.tryStart();
        }
    }

    private Task call(String name) {
        return new TestTask(
                name, () -> calls.add(name + " on " + Thread.currentThread().getName()));
    }

    private static Task bounded(String name, TestTask.Work work) {
        return new TestTask(name, work) {
            @Override
            public long timeoutNanos() {
                return TimeUnit.MINUTES.toNanos(10);
            }
        };
    }

    private static String here() {
        return Thread.currentThread().getName();
    }

    @Test
    void exit_noThreadToBeHad_handlersRunOnTheWatchersThread() {
        ExitScope scope = ExitScope.detached(new FewThreads(0));
        scope.register(call("a"));
        scope.register(new TestTask("fails", () -> {
            throw new IllegalStateException("x");
        }));
        scope.register(ListSource.group("group", new ListSource(4, call("b"), call("c"))));
        scope.addFinisher(call("last"));
        ExitSummary summary = scope.simulateExit(Reason.endOfMain());
        assertThat(calls).containsExactly("b on " + here(), "c on " + here(), "a on " + here(), "last on " + here());
        assertThat(err.lines()).containsExactly("[atexit] handler 'fails' failed: java.lang.IllegalStateException: x");
        assertThat(summary.results).hasSize(4);
    }

    @Test
    void exit_onlyOneThreadToBeHad_everythingRuns() {
        ExitScope scope = ExitScope.detached(new FewThreads(1));
        scope.register(call("a"));
        scope.register(ListSource.group("group", new ListSource(4, call("b"), call("c"))));
        scope.simulateExit(Reason.endOfMain());
        assertThat(calls).containsExactly("b on atexit-runner", "c on atexit-runner", "a on atexit-runner");
    }

    @Test
    void run_noThreadForATaskWithATimeout_runsOnTheCallersThread() {
        ExitScope scope = ExitScope.detached(new FewThreads(0));
        scope.register(bounded("a", () -> calls.add("a on " + here())));
        scope.register(bounded("b", () -> calls.add("b on " + here())));
        scope.runNow();
        assertThat(calls).containsExactly("b on " + here(), "a on " + here());
    }

    /** A task at which the thread dies, since the library's own code fails there. */
    private Task deadly() {
        return new TestTask("deadly", () -> calls.add("deadly")) {
            @Override
            protected void release() {
                throw new StackOverflowError("in the library");
            }
        };
    }

    @Test
    void runner_dies_anotherTakesOver() {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        List<Throwable> uncaught = Collections.synchronizedList(new ArrayList<>());
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> uncaught.add(error));
        ExitSummary summary;
        try {
            ExitScope scope = ExitScope.detached(null);
            scope.register(call("a"));
            scope.register(deadly());
            summary = scope.simulateExit(Reason.endOfMain());
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertThat(calls).containsExactly("deadly", "a on atexit-runner-2");
        assertThat(summary.results).extracting(r -> r.outcome).containsExactly(Outcome.RAN, Outcome.RAN);
        assertThat(uncaught).singleElement().isInstanceOf(StackOverflowError.class);
    }

    @Test
    void runner_startedByAThreadWithThingsToInherit_inheritsNone() throws Exception {
        InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
        List<Object> seen = Collections.synchronizedList(new ArrayList<>());
        ThreadGroup group = new ThreadGroup("application");
        Thread registering = new Thread(group, () -> {
            local.set("application");
            Thread.currentThread().setContextClassLoader(new ClassLoader() {});
            Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
            ExitScope scope = ExitScope.detached(null);
            scope.register(new TestTask(null, () -> {
                Thread me = Thread.currentThread();
                seen.add(String.valueOf(local.get()));
                seen.add(me.getContextClassLoader());
                seen.add(String.valueOf(me.getThreadGroup().getParent()));
                seen.add(me.isDaemon());
                seen.add(me.getPriority());
            }));
            scope.simulateExit(Reason.endOfMain());
        });
        registering.start();
        registering.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(seen)
                .containsExactly("null", ClassLoader.getSystemClassLoader(), "null", true, Thread.NORM_PRIORITY);
    }
}
