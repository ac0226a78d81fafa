package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CleanupRegistryRunsTest {
    private static final long LONG_S = 60;

    private final RegistryScope scope = new RegistryScope();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void leaveScope() {
        threads.shutdownNow();
        scope.close();
    }

    private ExitHandler note(String what) {
        return () -> ran.add(what);
    }

    /** An entry that says when it runs and ends when it is told to. */
    private final class Gate implements ExitHandler {
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch open = new CountDownLatch(1);
        private final String name;

        Gate(String name) {
            this.name = name;
        }

        @Override
        public void run() throws Exception {
            entered.countDown();
            assertThat(open.await(LONG_S, TimeUnit.SECONDS)).isTrue();
            ran.add(name);
        }

        void awaitEntered() throws InterruptedException {
            assertThat(entered.await(LONG_S, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(LONG_S, TimeUnit.SECONDS);
    }

    private static void awaitWaiting(Thread thread) {
        await().atMost(Duration.ofSeconds(LONG_S)).until(() -> {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().equals(AwaitedEntry.class.getName())) {
                    return true;
                }
            }
            return false;
        });
    }

    private Future<ExitReport> startRun(CleanupRegistry registry, Thread[] thread) throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Callable<ExitReport> run = () -> {
            thread[0] = Thread.currentThread();
            started.countDown();
            return registry.runAll();
        };
        Future<ExitReport> future = threads.submit(run);
        assertThat(started.await(LONG_S, TimeUnit.SECONDS)).isTrue();
        return future;
    }

    // ---- several runs

    @Test
    void runAll_whileAnotherThreadRuns_waitsAndKeepsTheOrder() throws Exception {
        CleanupRegistry registry = new CleanupRegistry();
        Gate gate = new Gate("newest");
        registry.register("oldest", note("oldest"));
        registry.register("newest", gate);
        Future<ExitReport> first = startRun(registry, new Thread[1]);
        gate.awaitEntered();
        Thread[] waiter = new Thread[1];
        Future<ExitReport> second = startRun(registry, waiter);
        awaitWaiting(waiter[0]);
        assertThat(ran).isEmpty();
        assertThat(second.isDone()).isFalse();
        gate.open.countDown();
        List<String> names = new ArrayList<>();
        get(first).entries().forEach(e -> names.add(e.name()));
        get(second).entries().forEach(e -> names.add(e.name()));
        assertThat(ran).containsExactly("newest", "oldest");
        assertThat(names).containsExactlyInAnyOrder("newest", "oldest");
        assertThat(get(second).others()).isZero();
    }

    @Test
    void runAll_fromManyThreads_eachEntryOnceAndOneAtATime() throws Exception {
        for (int round = 0; round < 20; round++) {
            CleanupRegistry registry = new CleanupRegistry();
            ran.clear();
            AtomicInteger inside = new AtomicInteger();
            for (int i = 0; i < 50; i++) {
                String name = "e" + i;
                registry.register(name, () -> {
                    assertThat(inside.incrementAndGet()).isEqualTo(1);
                    ran.add(name);
                    inside.decrementAndGet();
                });
            }
            CyclicBarrier start = new CyclicBarrier(4);
            List<Future<ExitReport>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                runs.add(threads.submit(() -> {
                    start.await(LONG_S, TimeUnit.SECONDS);
                    ExitReport report = registry.runAll();
                    // Whoever returns finds everything done.
                    assertThat(registry.entries()).allMatch(ExitReport.Entry::ran);
                    return report;
                }));
            }
            int reported = 0;
            for (Future<ExitReport> run : runs) {
                assertThat(get(run).isClean()).isTrue();
                reported += get(run).entries().size();
            }
            assertThat(reported).isEqualTo(50);
            List<String> expected = new ArrayList<>();
            for (int i = 49; i >= 0; i--) {
                expected.add("e" + i);
            }
            assertThat(ran).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void register_fromManyThreadsWhileTheExitBegins_eachRunsOnceOrThrew() throws Exception {
        for (int round = 0; round < 10; round++) {
            scopeOfItsOwn(round);
        }
    }

    private void scopeOfItsOwn(int round) throws Exception {
        try (RegistryScope own = new RegistryScope()) {
            AtExit.register(note("oldest"));
            CleanupRegistry registry =
                    CleanupRegistry.builder().parallelism(1 + round % 3).build();
            ran.clear();
            List<String> accepted = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch busy = new CountDownLatch(200);
            List<Future<?>> registering = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                int thread = t;
                registering.add(threads.submit(() -> {
                    try {
                        for (int i = 0; i < 2_000; i++) {
                            String name = thread + "-" + i;
                            String before = (thread + 1) % 8 + "-" + i;
                            registry.register(name, note(name), o -> o.after(before));
                            accepted.add(name);
                            busy.countDown();
                        }
                    } catch (IllegalStateException tooLate) {
                        assertThat(tooLate).hasMessageContaining("too late");
                    } catch (IllegalArgumentException cycle) {
                        assertThat(cycle).hasMessageContaining("cycle");
                    }
                }));
            }
            assertThat(busy.await(LONG_S, TimeUnit.SECONDS)).isTrue();
            own.exit();
            for (Future<?> one : registering) {
                get(one);
            }
            assertThat(ran).contains("oldest");
            ran.remove("oldest");
            assertThat(ran).hasSameSizeAs(accepted);
            assertThat(new HashSet<>(ran)).isEqualTo(new HashSet<>(accepted));
        }
    }

    @Test
    void runAll_interruptedWhileItWaits_returnsInterrupted() throws Exception {
        CleanupRegistry registry = new CleanupRegistry();
        Gate gate = new Gate("a");
        registry.register("b", note("b"), o -> o.after("a"));
        registry.register("a", gate);
        Future<ExitReport> first = startRun(registry, new Thread[1]);
        gate.awaitEntered();
        Thread[] waiter = new Thread[1];
        CountDownLatch started = new CountDownLatch(1);
        Future<Boolean> second = threads.submit(() -> {
            waiter[0] = Thread.currentThread();
            started.countDown();
            assertThat(registry.runAll().entries()).isEmpty();
            return Thread.interrupted();
        });
        assertThat(started.await(LONG_S, TimeUnit.SECONDS)).isTrue();
        awaitWaiting(waiter[0]);
        waiter[0].interrupt();
        assertThat(get(second)).isTrue();
        assertThat(ran).isEmpty();
        gate.open.countDown();
        assertThat(get(first).isClean()).isTrue();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void exit_whileAnotherThreadRunsAnEntry_waitsForIt() throws Exception {
        AtExit.register(note("handler"));
        CleanupRegistry registry = new CleanupRegistry();
        Gate gate = new Gate("a");
        registry.register("b", note("b"), o -> o.after("a"));
        registry.register("a", gate);
        Future<ExitReport> first = startRun(registry, new Thread[1]);
        gate.awaitEntered();
        Future<ExitReport> exit = threads.submit(scope::exit);
        await().atMost(Duration.ofSeconds(LONG_S)).until(() -> someThreadAwaits("atexit-runner"));
        assertThat(ran).isEmpty();
        gate.open.countDown();
        get(exit);
        assertThat(ran).containsExactly("a", "b", "handler");
        assertThat(get(first).isClean()).isTrue();
        assertThat(registry.entries()).allMatch(ExitReport.Entry::ran);
    }

    private static boolean someThreadAwaits(String name) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().equals(name))
                .flatMap(e -> List.of(e.getValue()).stream())
                .anyMatch(frame -> frame.getClassName().equals(AwaitedEntry.class.getName()));
    }

    @Test
    void exitWithDeadline_whileAnotherThreadHangsInAnEntry_leavesItBehindAndRunsTheRest() throws Exception {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(3)).build());
        CleanupRegistry registry = new CleanupRegistry();
        Gate gate = new Gate("a");
        registry.register("b", note("b"), o -> o.after("a"));
        registry.register("a", gate);
        Future<ExitReport> first = startRun(registry, new Thread[1]);
        gate.awaitEntered();
        get(threads.submit(scope::exit));
        assertThat(ran).containsExactly("b");
        assertThat(registry.entries())
                .extracting(ExitReport.Entry::outcome)
                .containsExactly(ExitReport.Outcome.RAN, ExitReport.Outcome.LEFT_BEHIND);
        assertThat(scope.printed())
                .anySatisfy(line -> assertThat(line).startsWith("[atexit] 'a (in another thread)' timed out after"));
        gate.open.countDown();
        assertThat(get(first).entries())
                .extracting(ExitReport.Entry::outcome)
                .containsExactly(ExitReport.Outcome.LEFT_BEHIND);
    }

    @Test
    void runningEntry_runsTheExitHandlers_theRestOfTheRegistryRunsInside() throws Exception {
        AtExit.register(note("handler"));
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("older", note("older"));
        registry.register("outer", () -> {
            AtExit.runExitHandlers();
            ran.add("outer");
        });
        get(threads.submit(registry::runAll));
        assertThat(ran).containsExactly("older", "handler", "outer");
    }

    @Test
    void runningEntries_bothRunTheRegistry_noneWaitsForTheOther() throws Exception {
        CleanupRegistry registry = CleanupRegistry.builder().parallelism(2).build();
        CyclicBarrier both = new CyclicBarrier(2);
        for (String name : List.of("a", "b")) {
            registry.register(name, () -> {
                both.await(LONG_S, TimeUnit.SECONDS);
                registry.runAll();
                ran.add(name);
            });
        }
        assertThat(get(threads.submit(registry::runAll)).isClean()).isTrue();
        assertThat(ran).containsExactlyInAnyOrder("a", "b");
    }

    // ---- parallel

    @Test
    void parallelism_independentEntries_runTogetherAndDependentOnesAfter() throws Exception {
        CleanupRegistry registry = CleanupRegistry.builder().parallelism(3).build();
        CyclicBarrier three = new CyclicBarrier(3);
        ExitHandler meet = () -> three.await(LONG_S, TimeUnit.SECONDS);
        registry.register("last", note("last"), o -> o.after("a", "b", "c"));
        for (String name : List.of("a", "b", "c")) {
            registry.register(name, meet);
        }
        ExitReport report = get(threads.submit(registry::runAll));
        assertThat(report.isClean()).isTrue();
        assertThat(report.entries().get(3).name()).isEqualTo("last");
    }

    @Test
    void parallelism_entryRegisteredByARunningOne_runsBesideIt() throws Exception {
        CleanupRegistry registry = CleanupRegistry.builder().parallelism(2).build();
        CountDownLatch born = new CountDownLatch(1);
        registry.register("a", () -> {
            registry.register("born", born::countDown);
            assertThat(born.await(LONG_S, TimeUnit.SECONDS)).isTrue();
        });
        ExitReport report = get(threads.submit(registry::runAll));
        assertThat(report.entries()).extracting(ExitReport.Entry::name).containsExactlyInAnyOrder("born", "a");
        assertThat(report.isClean()).isTrue();
    }

    @Test
    void parallelism_twoRunsAtOnce_neverMoreThanAllowed() throws Exception {
        CleanupRegistry registry = CleanupRegistry.builder().parallelism(2).build();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 60; i++) {
            registry.register("e" + i, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
            });
        }
        Future<ExitReport> one = threads.submit(registry::runAll);
        Future<ExitReport> two = threads.submit(registry::runAll);
        assertThat(get(one).entries().size() + get(two).entries().size()).isEqualTo(60);
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    // ---- timeouts

    @Test
    void runAll_entryWithTimeoutHangs_isInterruptedAndTheRestRunOnTheCallersThread() {
        CleanupRegistry registry = new CleanupRegistry();
        List<Thread> callers = new ArrayList<>();
        registry.register("rest", () -> callers.add(Thread.currentThread()));
        registry.register("hangs", () -> new CountDownLatch(1).await(), o -> o.timeout(Duration.ofMillis(20)));
        ExitReport report = registry.runAll();
        assertThat(callers).containsExactly(Thread.currentThread());
        assertThat(report.entries())
                .extracting(ExitReport.Entry::outcome)
                .containsExactly(ExitReport.Outcome.TIMED_OUT, ExitReport.Outcome.RAN);
        assertThat(registry.entries().get(1).error()).isPresent();
    }

    @Test
    void runAll_entryWithTimeoutIgnoresItsInterrupt_isLeftBehindAndDependentsRun() throws Exception {
        CleanupRegistry registry = new CleanupRegistry();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        registry.register("stop", note("stop"), o -> o.after("drain"));
        registry.register(
                "drain",
                () -> {
                    boolean released = false;
                    while (!released) {
                        try {
                            released = release.await(LONG_S, TimeUnit.SECONDS);
                        } catch (InterruptedException ignoredOnPurpose) {
                            released = false;
                        }
                    }
                    over.countDown();
                },
                o -> o.timeout(Duration.ofMillis(20)));
        registry.runAll();
        assertThat(ran).containsExactly("stop");
        assertThat(registry.entries().get(1).outcome()).isEqualTo(ExitReport.Outcome.LEFT_BEHIND);
        release.countDown();
        assertThat(over.await(LONG_S, TimeUnit.SECONDS)).isTrue();
        assertThat(registry.entries().get(1).outcome()).isEqualTo(ExitReport.Outcome.LEFT_BEHIND);
    }

    @Test
    void runAll_monitorHeldByTheCaller_entriesMayTakeIt() {
        CleanupRegistry registry = new CleanupRegistry();
        Object monitor = new Object();
        registry.register("a", () -> {
            synchronized (monitor) {
                ran.add("a");
            }
        });
        synchronized (monitor) {
            registry.runAll();
        }
        assertThat(ran).containsExactly("a");
    }
}
