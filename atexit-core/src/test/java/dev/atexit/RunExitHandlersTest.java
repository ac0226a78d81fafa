package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.atexit.ExitReport.Outcome;
import dev.atexit.support.Stderr;
import dev.atexit.testkit.AllowPending;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Running: what was asked for and, where it is the same, at the exit. */
@FreshAtExit
class RunExitHandlersTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    private ExitHandler call(String what) {
        return () -> calls.add(what);
    }

    @Test
    void run_handlersWithoutATimeout_useTheCallersThread() {
        List<Thread> threads = new ArrayList<>();
        AtExit.register(() -> threads.add(Thread.currentThread()));
        AtExit.register("b", () -> threads.add(Thread.currentThread()));
        AtExit.runExitHandlers();
        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    @Test
    void run_callerHoldsAMonitorThatHandlersNeed_doesNotDeadlock() {
        Object monitor = new Object();
        AtExit.register(() -> {
            synchronized (monitor) {
                calls.add("inside");
            }
        });
        synchronized (monitor) {
            AtExit.runExitHandlers();
        }
        assertThat(calls).containsExactly("inside");
    }

    @Test
    void run_handlerHasATimeout_runsOnAnotherThreadAndTheOthersOnTheCallers(FakeClock clock) {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        AtExit.register("a", () -> threads.add(Thread.currentThread()));
        AtExit.register("b", () -> threads.add(Thread.currentThread()), Duration.ofSeconds(1));
        AtExit.register("c", () -> threads.add(Thread.currentThread()));
        AtExit.runExitHandlers();
        assertThat(threads.get(0)).isSameAs(Thread.currentThread());
        assertThat(threads.get(1)).isNotSameAs(Thread.currentThread());
        assertThat(threads.get(2)).isSameAs(Thread.currentThread());
    }

    @Test
    void run_handlerPastItsTimeout_isInterruptedAndTheOthersRun(FakeClock clock) {
        AtExit.register("a", call("a"));
        AtExit.register("hangs", clock::hang, Duration.ofSeconds(2));
        ExitReport report = AtExit.runExitHandlers();
        assertThat(report.entries())
                .extracting(ExitReport.Entry::outcome)
                .containsExactly(Outcome.TIMED_OUT, Outcome.RAN);
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(2));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void run_callerIsInterrupted_runsAllAndTheCallerStaysInterrupted(FakeClock clock) {
        AtExit.register("a", call("a"));
        AtExit.register("b", call("b"), Duration.ofSeconds(2));
        Thread.currentThread().interrupt();
        ExitReport report = AtExit.runExitHandlers();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.isClean()).isTrue();
        assertThat(calls).containsExactly("b", "a");
    }

    @Test
    void run_secondTime_runsNothing(FakeClock clock) {
        AtExit.register(call("a"));
        assertThat(AtExit.runExitHandlers().others()).isEqualTo(1);
        ExitReport second = AtExit.runExitHandlers();
        assertThat(second.others()).isZero();
        assertThat(second.entries()).isEmpty();
        assertThat(second.reason()).isEqualTo(new ExitReason.Requested());
        assertThat(calls).containsExactly("a");
    }

    @Test
    void run_withinAHandler_runsTheOthersInsideOfIt() {
        AtExit.register("a", call("a"));
        AtExit.register("b", () -> {
            calls.add("b begins");
            assertThat(AtExit.runExitHandlers().entries()).hasSize(1);
            calls.add("b ends");
        });
        ExitReport report = AtExit.runExitHandlers();
        assertThat(calls).containsExactly("b begins", "a", "b ends");
        assertThat(report.entries()).extracting(ExitReport.Entry::name).containsExactly("b");
    }

    @Test
    void run_withinAHandlerDuringTheExit_leavesTheStackOpenForTheRest(AtExitControl control) {
        AtExit.register(() -> {
            AtExit.runExitHandlers();
            AtExit.register(call("registered after the inner run"));
        });
        control.exit();
        assertThat(calls).containsExactly("registered after the inner run");
    }

    /** Throwables of every kind, one of them neither an exception nor an error. */
    private static List<Throwable> everyKind() {
        return List.of(
                new Exception("checked"),
                new IllegalStateException("unchecked"),
                new OutOfMemoryError("memory"),
                new ThreadDeath(),
                new AssertionError("assertion"),
                new Throwable("bare"),
                new InterruptedException("interrupted"));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable any) throws T {
        throw (T) any;
    }

    private static void overflow() {
        overflow();
    }

    @Test
    void handler_throwsAnything_theOthersRunAndTheReportHasIt() {
        AtExit.register(call("first"));
        List<Throwable> kinds = everyKind();
        for (Throwable kind : kinds) {
            AtExit.register(() -> RunExitHandlersTest.<RuntimeException>sneak(kind));
        }
        ExitReport report = AtExit.runExitHandlers();
        assertThat(calls).containsExactly("first");
        assertThat(report.isClean()).isFalse();
        List<Throwable> reversed = new ArrayList<>(kinds);
        Collections.reverse(reversed);
        assertThat(report.entries())
                .extracting(entry -> entry.error().orElseThrow())
                .containsExactlyElementsOf(reversed);
        for (Throwable kind : kinds) {
            assertThat(err.lines())
                    .contains("[atexit] handler 'lambda in " + getClass().getName() + "' failed: " + kind);
        }
        assertThat(err.text()).contains("\tat " + getClass().getName() + ".everyKind(");
    }

    @Test
    void handler_overflowsTheStack_theOthersRun(AtExitControl control) {
        AtExit.register("first", call("first"));
        AtExit.register("deep", RunExitHandlersTest::overflow);
        ExitReport report = control.exit();
        assertThat(calls).containsExactly("first");
        assertThat(report.entries().get(0).error()).containsInstanceOf(StackOverflowError.class);
    }

    @Test
    void handler_leavesItsThreadInterrupted_theNextOneIsNot(AtExitControl control) {
        AtExit.register(() -> calls.add("interrupted: " + Thread.currentThread().isInterrupted()));
        AtExit.register(() -> Thread.currentThread().interrupt());
        control.exit();
        assertThat(calls).containsExactly("interrupted: false");
    }

    @Test
    void handler_registersAnother_thatRunsNext(AtExitControl control) {
        AtExit.register(call("a"));
        AtExit.register(() -> {
            calls.add("b");
            AtExit.register(call("new 1"));
            AtExit.register(call("new 2"));
        });
        control.exit();
        assertThat(calls).containsExactly("b", "new 2", "new 1", "a");
    }

    @Test
    void handler_registersAnotherInARunAskedFor_thatRunsNext() {
        AtExit.register(call("a"));
        AtExit.register(() -> AtExit.register(call("new")));
        AtExit.runExitHandlers();
        assertThat(calls).containsExactly("new", "a");
    }

    @Test
    void handler_unregistersAPendingOneAndItself_onlyTheOtherIsTakenBack(AtExitControl control) {
        Registration pending = AtExit.register(call("never"));
        Registration[] self = new Registration[1];
        self[0] = AtExit.register(() -> calls.add(self[0].unregister() + " " + pending.unregister()));
        control.exit();
        assertThat(calls).containsExactly("false true");
    }

    @Test
    void handler_clears_nothingElseRuns(AtExitControl control, FakeClock clock) {
        AtExit.register(call("never"));
        AtExit.register(AtExit::clear);
        assertThat(control.exit().others()).isEqualTo(1);
        assertThat(calls).isEmpty();
    }

    private final class Endless implements ExitHandler {
        private final int left;
        private final int depth;

        Endless(int left, int depth) {
            this.left = left;
            this.depth = depth;
        }

        @Override
        public void run() {
            int here = Thread.currentThread().getStackTrace().length;
            if (depth != 0 && here != depth) {
                calls.add("depth was " + depth + ", is " + here);
            }
            if (left > 1) {
                AtExit.register(new Endless(left - 1, here));
            }
        }
    }

    @Test
    void handler_registersTheNextTenThousandTimes_theStackDoesNotGrow(AtExitControl control) {
        AtExit.register(new Endless(10_000, 0));
        ExitReport report = control.exit();
        assertThat(report.others() + report.entries().size()).isEqualTo(10_000);
        assertThat(calls).isEmpty();
    }

    @Test
    void handler_registersTheNextTenThousandTimesInARunAskedFor_theStackDoesNotGrow() {
        AtExit.register(new Endless(10_000, 0));
        ExitReport report = AtExit.runExitHandlers();
        assertThat(report.others() + report.entries().size()).isEqualTo(10_000);
        assertThat(calls).isEmpty();
    }

    @Test
    void run_twoThousandWithATimeoutEach_allRun(FakeClock clock) {
        for (int i = 0; i < 2_000; i++) {
            AtExit.register("t", () -> {}, Duration.ofSeconds(1));
        }
        assertThat(AtExit.runExitHandlers().entries()).hasSize(2_000);
    }

    @Test
    @AllowPending
    void run_twoThreadsAtOnce_eachHandlerRunsOnce() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            AtExit.register(call("h" + i));
        }
        CountDownLatch go = new CountDownLatch(1);
        List<ExitReport> reports = Collections.synchronizedList(new ArrayList<>());
        Thread[] threads = new Thread[2];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> {
                try {
                    go.await();
                } catch (InterruptedException interrupted) {
                    calls.add("interrupted");
                }
                reports.add(AtExit.runExitHandlers());
            });
            threads[i].start();
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(5));
        }
        assertThat(calls).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(reports).hasSize(2);
    }

    @Test
    void run_standardErrorIsBroken_theOthersRunAndNothingIsThrown() {
        AtExit.register(call("a"));
        AtExit.register(() -> {
            throw new IllegalStateException("b");
        });
        System.setErr(new PrintStream(OutputStream.nullOutputStream()) {
            @Override
            public void print(@Nullable Object any) {
                throw new IllegalStateException("no standard error");
            }
        });
        assertThatCode(AtExit::runExitHandlers).doesNotThrowAnyException();
        assertThat(calls).containsExactly("a");
    }

    @Test
    void run_standardErrorIsNull_theOthersRunAndNothingIsThrown() {
        AtExit.register(call("a"));
        AtExit.register(() -> {
            throw new IllegalStateException("b");
        });
        System.setErr(null);
        assertThatCode(AtExit::runExitHandlers).doesNotThrowAnyException();
        assertThat(calls).containsExactly("a");
    }

    /** An exception that makes it as hard as it can. */
    private static final class Hostile extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public String toString() {
            throw new IllegalStateException("toString");
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException("getStackTrace");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("getCause");
        }
    }

    @Test
    void handler_throwsWhatCannotBePrinted_isNamedAllTheSame() {
        AtExit.register(call("a"));
        AtExit.register("hostile", () -> {
            throw new Hostile();
        });
        ExitReport report = AtExit.runExitHandlers();
        assertThat(calls).containsExactly("a");
        assertThat(err.lines())
                .contains("[atexit] handler 'hostile' failed: " + Hostile.class.getName()
                        + " (its toString() threw java.lang.IllegalStateException)");
        assertThat(report.toString()).contains("failed hostile");
    }
}
