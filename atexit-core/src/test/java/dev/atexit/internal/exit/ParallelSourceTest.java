package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParallelSourceTest {
    private static final long LONG_S = 60;

    private interface Work {
        void run() throws Exception;
    }

    private static class TestTask extends Task {
        private final String name;
        private final Work work;
        private final @Nullable TaskSource children;
        private final long timeoutNanos;

        TestTask(String name, Work work, long timeoutNanos, @Nullable TaskSource children) {
            this.name = name;
            this.work = work;
            this.timeoutNanos = timeoutNanos;
            this.children = children;
        }

        @Override
        protected void run() throws Exception {
            work.run();
        }

        @Override
        protected void release() {}

        @Override
        public String name() {
            return name;
        }

        @Override
        public String label() {
            return name;
        }

        @Override
        public long timeoutNanos() {
            return timeoutNanos;
        }

        @Override
        public @Nullable TaskSource children() {
            return children;
        }
    }

    private static Task task(String name, Work work) {
        return new TestTask(name, work, 0, null);
    }

    private static Task parent(String name, TaskSource children) {
        return new TestTask(name, () -> {}, 0, children);
    }

    private static final class TestSource implements TaskSource {
        private final ArrayDeque<Task> tasks = new ArrayDeque<>();
        private final int parallelism;
        private boolean cut;

        TestSource(int parallelism, Task... tasks) {
            this.parallelism = parallelism;
            Collections.addAll(this.tasks, tasks);
        }

        synchronized void add(Task task) {
            tasks.add(task);
        }

        @Override
        public synchronized @Nullable Task take() {
            return cut ? null : tasks.poll();
        }

        @Override
        public synchronized void cut() {
            cut = true;
        }

        @Override
        public synchronized @Nullable Task takeSkipped() {
            return tasks.poll();
        }

        @Override
        public synchronized boolean close() {
            return cut || tasks.isEmpty();
        }

        @Override
        public void ended(Task task, TaskResult result) {}

        @Override
        public int parallelism() {
            return parallelism;
        }
    }

    private static Work meeting(CyclicBarrier barrier) {
        return () -> barrier.await(LONG_S, TimeUnit.SECONDS);
    }

    private static Unwinder unwinder(ExitObserver observer) {
        return new Unwinder(null, new Settings(-1, -1, null, null, null, null, observer), true, 0);
    }

    private static Unwinder unwinder() {
        return new Unwinder(null, null, true, 0);
    }

    @Test
    void inline_parallelSourceAtTheRoot_runsTasksTogether() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        Unwinder unwinder = unwinder();
        unwinder.runInline(new TestSource(2, task("a", meeting(barrier)), task("b", meeting(barrier))));
        assertThat(unwinder.summary().results).extracting(r -> r.outcome).containsExactly(Outcome.RAN, Outcome.RAN);
    }

    @Test
    void watched_afterANestedParallelSource_noMoreWorkersThanBefore() {
        CyclicBarrier barrier = new CyclicBarrier(4);
        TestSource nested = new TestSource(4);
        for (int i = 0; i < 4; i++) {
            nested.add(task("child " + i, meeting(barrier)));
        }
        Unwinder unwinder = unwinder();
        AtomicInteger started = new AtomicInteger();
        Task after = task("after", () -> {
            // Two looks of the watcher, which would start workers in the place of those that ended.
            for (int look = 0; look < 2; look++) {
                awaitLook(unwinder);
            }
            synchronized (unwinder.lock) {
                started.set(unwinder.workers.size());
            }
        });
        unwinder.runWatched(new TestSource(1, parent("nested", nested), after), Unwinder.NEVER);
        assertThat(started).hasValue(1);
    }

    private static void awaitLook(Unwinder unwinder) throws InterruptedException {
        CountDownLatch looked = new CountDownLatch(1);
        unwinder.alarm(looked::countDown, 0);
        assertThat(looked.await(LONG_S, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void watched_taskLeftBehindInANestedParallelSource_theOthersRunTogetherStill() {
        CyclicBarrier barrier = new CyclicBarrier(2);
        CountDownLatch never = new CountDownLatch(1);
        Work hang = () -> {
            boolean open = true;
            while (open) {
                try {
                    open = !never.await(LONG_S, TimeUnit.SECONDS);
                } catch (InterruptedException ignoredOnPurpose) {
                    // This is what it means to hang.
                    open = true;
                }
            }
        };
        TestSource nested = new TestSource(
                2,
                new TestTask("hangs", hang, 1_000_000, null),
                new TestTask("hangs too", hang, 1_000_000, null),
                task("c", meeting(barrier)),
                task("d", meeting(barrier)));
        Unwinder unwinder = unwinder(silent());
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        unwinder.runWatched(
                new TestSource(1, parent("nested", nested), task("after", () -> order.add("after"))), Unwinder.NEVER);
        never.countDown();
        TaskResult result = unwinder.summary().results.get(0);
        assertThat(result.children)
                .extracting(r -> r.outcome)
                .containsExactly(Outcome.LEFT_BEHIND, Outcome.LEFT_BEHIND, Outcome.RAN, Outcome.RAN);
        assertThat(order).containsExactly("after");
    }

    @Test
    void watched_somethingComesWhileAWorkerIsIdle_workerSoonLooksAgain() {
        TestSource source = new TestSource(2);
        CountDownLatch came = new CountDownLatch(1);
        LongestIdle clock = new LongestIdle();
        source.add(task("long", () -> {
            clock.awaitIdle();
            source.add(task("came", came::countDown));
            assertThat(came.await(LONG_S, TimeUnit.SECONDS)).isTrue();
        }));
        Unwinder unwinder = new Unwinder(clock, null, true, 0);
        unwinder.runInline(new TestSource(1, parent("p", source)));
        assertThat(unwinder.summary().results.get(0).children)
                .extracting(r -> r.label)
                .containsExactlyInAnyOrder("came", "long");
        assertThat(clock.longest).hasValueLessThanOrEqualTo(50_000_000);
    }

    /** A real clock that remembers for how long workers would have waited. */
    private static final class LongestIdle extends Clock {
        final AtomicLong longest = new AtomicLong();
        private final CountDownLatch idle = new CountDownLatch(1);

        void awaitIdle() throws InterruptedException {
            assertThat(idle.await(LONG_S, TimeUnit.SECONDS)).isTrue();
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
            if (Thread.currentThread().getName().startsWith("atexit-runner")) {
                longest.accumulateAndGet(nanos, Math::max);
                idle.countDown();
            }
            TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
        }
    }

    @Test
    void deadline_passedBeforeANestedSourceStarted_itsTasksAreSkippedByName() {
        List<Notice> notices = Collections.synchronizedList(new ArrayList<>());
        TestSource nested = new TestSource(1, task("a", () -> {}), task("b", () -> {}));
        Unwinder unwinder = unwinder(observer(notices));
        Task slow = task("slow", () -> new CountDownLatch(1).await(LONG_S, TimeUnit.SECONDS));
        Task slower = task("slower", () -> new CountDownLatch(1).await(LONG_S, TimeUnit.SECONDS));
        // Each gets half of what is left; the deadline passes in the grace that the last of them is given.
        TestSource root = new TestSource(1, slow, slower);
        for (int i = 0; i < 40; i++) {
            root.add(task("slow " + i, () -> new CountDownLatch(1).await(LONG_S, TimeUnit.SECONDS)));
        }
        root.add(parent("nested", nested));
        unwinder.runWatched(root, 50_000_000);
        TaskResult last = unwinder.summary().results.stream()
                .filter(r -> r.label.equals("nested"))
                .findFirst()
                .orElseThrow();
        assertThat(last.outcome).isEqualTo(Outcome.SKIPPED);
        assertThat(last.children).extracting(r -> r.label).containsExactly("a", "b");
        assertThat(last.children).extracting(r -> r.outcome).containsExactly(Outcome.SKIPPED, Outcome.SKIPPED);
        assertThat(nested.take()).isNull();
        List<String> named = notices.stream()
                .filter(n -> n.kind == Notice.Kind.SKIPPED)
                .flatMap(n -> n.results.stream())
                .map(r -> r.label)
                .toList();
        assertThat(named).endsWith("a", "b").doesNotContain("nested");
    }

    @Test
    void observer_tasksFailAtTheSameTime_isToldOneAtATime() {
        AtomicBoolean inside = new AtomicBoolean();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        ExitObserver slow = new ExitObserver() {
            @Override
            public void on(Notice notice) {
                if (!inside.compareAndSet(false, true)) {
                    overlaps.incrementAndGet();
                }
                // Long enough for another worker to come by.
                long until = System.nanoTime() + 2_000_000;
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                inside.set(false);
                told.incrementAndGet();
            }

            @Override
            public boolean wantsAll() {
                return false;
            }
        };
        CyclicBarrier barrier = new CyclicBarrier(4);
        TestSource source = new TestSource(4);
        for (int i = 0; i < 20; i++) {
            source.add(task("t" + i, () -> {
                barrier.await(LONG_S, TimeUnit.SECONDS);
                throw new IllegalStateException("no");
            }));
        }
        unwinder(slow).runInline(new TestSource(1, parent("p", source)));
        assertThat(told).hasValue(20);
        assertThat(overlaps).hasValue(0);
    }

    private static ExitObserver silent() {
        return observer(new ArrayList<>());
    }

    private static ExitObserver observer(List<Notice> notices) {
        return new ExitObserver() {
            @Override
            public void on(Notice notice) {
                synchronized (notices) {
                    notices.add(notice);
                }
            }

            @Override
            public boolean wantsAll() {
                return false;
            }
        };
    }
}
