package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.support.Stderr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An exit for tasks that nobody has registered. */
class SeeThroughTest {
    private static final long LONG_S = 60;

    @RegisterExtension
    final Stderr err = new Stderr();

    private final List<String> written = Collections.synchronizedList(new ArrayList<>());

    private ExitSummary seeThrough(TaskSource tasks, String report) {
        Settings settings = new Settings(
                Settings.UNSET, Settings.UNSET, null, null, null, new ExplainSettings(report, null, null), null);
        ReportSink sink = (path, exit) -> written.add(path + ": " + exit.results.size());
        return ExitScope.seeThrough(tasks, settings, sink, Reason.endOfMain());
    }

    @AfterEach
    void clear() {
        System.clearProperty("atexit.report");
    }

    @Test
    void seeThrough_sourceIsParallel_itsTasksRunTogether() {
        CyclicBarrier barrier = new CyclicBarrier(3);
        TestTask.Work meet = () -> barrier.await(LONG_S, TimeUnit.SECONDS);
        TaskSource source =
                new ListSource(3, new TestTask("a", meet), new TestTask("b", meet), new TestTask("c", meet));
        assertThat(seeThrough(source, "exit.json").results)
                .extracting(result -> result.outcome)
                .containsOnly(Outcome.RAN)
                .hasSize(3);
        assertThat(err.lines()).isEmpty();
    }

    @Test
    void seeThrough_operatorAsksTheLibraryForAReport_theOneGivenIsWritten() {
        System.setProperty("atexit.report", "elsewhere.json");
        seeThrough(new ListSource(1, new TestTask("a", () -> {})), "exit.json");
        assertThat(written).containsExactly("exit.json: 1");
    }

    @Test
    void seeThrough_nothingComesToTheSource_whoFindsNoTaskEnds() {
        AtomicReference<Thread> first = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Task quick = new TestTask("quick", () -> {
            first.set(Thread.currentThread());
            started.countDown();
        });
        Task last = new TestTask("last", () -> {
            started.await();
            first.get().join(TimeUnit.SECONDS.toMillis(LONG_S));
            assertThat(first.get().isAlive()).isFalse();
        });
        ListSource tasks = new ListSource(2, last, quick);
        ExitSummary summary = seeThrough(new Fixed(tasks), "exit.json");
        assertThat(summary.results).extracting(result -> result.outcome).containsExactly(Outcome.RAN, Outcome.RAN);
        assertThat(err.lines()).isEmpty();
    }

    /** A source to which nothing comes. */
    private record Fixed(TaskSource tasks) implements TaskSource {
        @Override
        public @Nullable Task take() {
            return tasks.take();
        }

        @Override
        public void cut() {
            tasks.cut();
        }

        @Override
        public @Nullable Task takeSkipped() {
            return tasks.takeSkipped();
        }

        @Override
        public boolean close() {
            return tasks.close();
        }

        @Override
        public boolean isFixed() {
            return true;
        }

        @Override
        public int parallelism() {
            return tasks.parallelism();
        }
    }
}
