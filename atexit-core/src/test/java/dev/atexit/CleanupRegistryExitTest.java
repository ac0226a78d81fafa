package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CleanupRegistryExitTest {
    private final RegistryScope scope = new RegistryScope(new RegistryScope.FastClock());
    private final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void leaveScope() {
        scope.close();
    }

    private ExitHandler note(String what) {
        return () -> ran.add(what);
    }

    /** What is told during an exit may be printed late where the machine is busy. */
    private void awaitSkipped(String names) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> scope.printed().contains("[atexit] deadline passed, skipped: " + names));
    }

    private static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Test
    void exit_registryBetweenHandlers_runsAtThePlaceOfItsCreation() {
        AtExit.register(note("older"));
        CleanupRegistry registry = new CleanupRegistry("app");
        AtExit.register(note("newer"));
        registry.register("a", note("a"));
        registry.register("b", note("b"));
        assertThat(AtExit.count()).isEqualTo(3);
        ExitReport report = scope.exit();
        assertThat(ran).containsExactly("newer", "b", "a", "older");
        ExitReport.Entry app = report.entries().stream()
                .filter(e -> e.name().equals("app"))
                .findFirst()
                .orElseThrow();
        assertThat(app.outcome()).isEqualTo(ExitReport.Outcome.RAN);
        assertThat(app.children()).extracting(ExitReport.Entry::name).containsExactly("b", "a");
        assertThat(registry.entries()).allMatch(ExitReport.Entry::ran);
    }

    @Test
    void exit_emptyRegistryWithoutName_isOnlyCounted() {
        CleanupRegistry empty = new CleanupRegistry();
        ExitReport report = scope.exit();
        assertThat(report.entries()).isEmpty();
        assertThat(report.others()).isEqualTo(1);
        assertThat(empty.entries()).isEmpty();
    }

    @Test
    void exit_afterRunAll_runsOnlyWhatCameSince() {
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("a", note("a"));
        registry.runAll();
        registry.register("b", note("b"));
        scope.exit();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void runExitHandlers_registry_isRunOnTheCallersThread() {
        CleanupRegistry registry = new CleanupRegistry("app");
        List<Thread> threads = new ArrayList<>();
        registry.register("a", () -> threads.add(Thread.currentThread()));
        ExitReport report = AtExit.runExitHandlers();
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(report.entries().get(0).children())
                .extracting(ExitReport.Entry::name)
                .containsExactly("a");
    }

    @Test
    void register_afterRunExitHandlers_givesThePlaceBack() {
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("a", note("a"));
        AtExit.runExitHandlers();
        registry.register("b", note("b"));
        scope.exit();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void clear_registry_isForgottenAndItsEntriesStay() {
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("a", note("a"));
        AtExit.clear();
        assertThat(AtExit.count()).isZero();
        scope.exit();
        assertThat(ran).isEmpty();
        registry.runAll();
        assertThat(ran).containsExactly("a");
    }

    @Test
    void register_afterClear_givesTheRegistryAPlaceAgain() {
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("a", note("a"));
        AtExit.clear();
        AtExit.register(note("handler"));
        registry.register("b", note("b"));
        assertThat(AtExit.count()).isEqualTo(2);
        scope.exit();
        assertThat(ran).containsExactly("b", "a", "handler");
    }

    @Test
    void unregister_theRegistryItself_forgetsItUntilTheNextEntry() {
        CleanupRegistry registry = new CleanupRegistry();
        CleanupRegistry other = new CleanupRegistry();
        other.register("other", note("other"));
        registry.register("a", note("a"));
        assertThat(AtExit.unregister(registry)).isTrue();
        assertThat(AtExit.unregister(registry)).isFalse();
        AtExit.register(note("handler"));
        registry.register("b", note("b"));
        scope.exit();
        assertThat(ran).containsExactly("b", "a", "handler", "other");
    }

    @Test
    void register_byAnOlderHandlerAfterTheRegistryHasRun_runsNext() {
        CleanupRegistry[] registry = new CleanupRegistry[1];
        AtExit.register(note("oldest"));
        AtExit.register(() -> {
            ran.add("older");
            registry[0].register("late", note("late"));
        });
        registry[0] = new CleanupRegistry();
        registry[0].register("a", note("a"));
        scope.exit();
        assertThat(ran).containsExactly("a", "older", "late", "oldest");
    }

    @Test
    void register_afterTheExit_refusedAndNothingStored() {
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("a", note("a"));
        scope.exit();
        assertThatIllegalStateException()
                .isThrownBy(() -> registry.register("b", note("b")))
                .withMessageContaining("too late");
        assertThatIllegalStateException().isThrownBy(() -> registry.register("a", note("new a")));
        assertThatIllegalStateException().isThrownBy(CleanupRegistry::new);
        assertThat(registry.entries()).extracting(ExitReport.Entry::name).containsExactly("a");
        assertThat(registry.entries().get(0).outcome()).isEqualTo(ExitReport.Outcome.RAN);
        assertThat(registry.runAll().entries()).isEmpty();
    }

    @Test
    void deadline_passesInsideTheRegistry_whatIsLeftIsSkippedByName() {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(4)).build());
        CleanupRegistry registry = new CleanupRegistry("app");
        registry.register("never", note("never"));
        registry.register("waits", note("waits"), o -> o.after("hangs"));
        // With a timeout beyond the deadline it uses up all there is.
        registry.register("hangs", CleanupRegistryExitTest::hang, o -> o.timeout(Duration.ofMinutes(1)));
        ExitReport report = scope.exit();
        assertThat(ran).isEmpty();
        List<ExitReport.Entry> entries = registry.entries();
        assertThat(entries.get(0).outcome()).isEqualTo(ExitReport.Outcome.SKIPPED);
        assertThat(entries.get(0).startedAt()).isEmpty();
        assertThat(entries.get(1).outcome()).isEqualTo(ExitReport.Outcome.SKIPPED);
        assertThat(entries.get(2).outcome()).isEqualTo(ExitReport.Outcome.TIMED_OUT);
        assertThat(report.entries().get(0).children()).hasSize(3);
        awaitSkipped("'never', 'waits'");
        assertThatIllegalStateException().isThrownBy(() -> registry.register("late", note("late")));
    }

    @Test
    void deadline_passesBeforeTheRegistry_itsEntriesAreSkippedByName() {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(4)).build());
        CleanupRegistry registry = new CleanupRegistry("app");
        registry.register("drain", note("drain"));
        registry.register("stop", note("stop"), o -> o.after("drain"));
        AtExit.register("hangs", CleanupRegistryExitTest::hang, Duration.ofMinutes(1));
        ExitReport report = scope.exit();
        assertThat(ran).isEmpty();
        assertThat(registry.entries()).extracting(ExitReport.Entry::outcome).containsOnly(ExitReport.Outcome.SKIPPED);
        awaitSkipped("'drain', 'stop'");
        assertThat(report.entries())
                .filteredOn(e -> e.name().equals("app"))
                .singleElement()
                .satisfies(app -> {
                    assertThat(app.outcome()).isEqualTo(ExitReport.Outcome.SKIPPED);
                    assertThat(app.children())
                            .extracting(ExitReport.Entry::name)
                            .containsExactly("drain", "stop");
                });
        assertThatIllegalStateException().isThrownBy(() -> registry.register("late", note("late")));
    }

    @Test
    void timeout_entryHangs_isInterruptedAndTheRestRun() {
        CleanupRegistry registry = new CleanupRegistry("app");
        registry.register("rest", note("rest"), o -> o.after("hangs"));
        registry.register("hangs", CleanupRegistryExitTest::hang, o -> o.timeout(Duration.ofSeconds(30)));
        scope.exit();
        assertThat(ran).containsExactly("rest");
        assertThat(registry.entries().get(1).outcome()).isEqualTo(ExitReport.Outcome.TIMED_OUT);
        assertThat(registry.entries().get(1).duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void parallelism_atTheExit_entriesMeet() {
        CleanupRegistry registry =
                CleanupRegistry.builder().name("app").parallelism(3).build();
        CountDownLatch all = new CountDownLatch(3);
        AtExit.register(note("handler"));
        for (int i = 0; i < 3; i++) {
            registry.register("meets " + i, () -> {
                all.countDown();
                all.await();
            });
        }
        ExitReport report = scope.exit();
        assertThat(report.isClean()).isTrue();
        assertThat(ran).containsExactly("handler");
    }
}
