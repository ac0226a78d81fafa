package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CleanupRegistryTest {
    private static final ExitHandler NOTHING = () -> {};

    private final RegistryScope scope = new RegistryScope();
    private final CleanupRegistry registry = new CleanupRegistry();
    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void leaveScope() {
        scope.close();
    }

    private ExitHandler note(String what) {
        return () -> ran.add(what);
    }

    private Registration note(CleanupRegistry where, String name, String... after) {
        return where.register(name, note(name), o -> o.after(after));
    }

    private List<String> names() {
        return registry.entries().stream().map(ExitReport.Entry::name).toList();
    }

    // ---- order and names

    @Test
    void runAll_entriesWithoutAfter_lastInFirstOutOnTheCallersThread() {
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            registry.register(name, () -> {
                ran.add(name);
                threads.add(Thread.currentThread());
            });
        }
        registry.runAll();
        assertThat(ran).containsExactly("c", "b", "a");
        assertThat(threads).containsOnly(Thread.currentThread());
    }

    @Test
    void register_sameName_replacesAndMovesToTheTop() {
        registry.register("a", note("old a"));
        registry.register("b", note("b"));
        registry.register("a", note("new a"));
        assertThat(names()).containsExactly("b", "a");
        registry.runAll();
        assertThat(ran).containsExactly("new a", "b");
    }

    @Test
    void unregister_pendingEntry_tellsAndItNeverRuns() {
        registry.register("a", note("a"));
        registry.register("b", note("b"));
        assertThat(registry.unregister("a")).isTrue();
        assertThat(registry.unregister("a")).isFalse();
        assertThat(registry.unregister("nobody")).isFalse();
        registry.runAll();
        assertThat(ran).containsExactly("b");
    }

    @Test
    void unregister_entryThatHasRun_isNoLongerListed() {
        registry.register("a", note("a"));
        registry.runAll();
        assertThat(registry.unregister("a")).isTrue();
        assertThat(registry.entries()).isEmpty();
    }

    @Test
    void handle_entryReplaced_doesNotMeanTheNewOne() {
        Registration old = registry.register("a", note("old"));
        Registration fresh = registry.register("a", note("new"));
        assertThat(old.isPending()).isFalse();
        assertThat(old.unregister()).isFalse();
        assertThat(fresh.isPending()).isTrue();
        registry.runAll();
        assertThat(fresh.isPending()).isFalse();
        assertThat(fresh.unregister()).isFalse();
        assertThat(ran).containsExactly("new");
        assertThat(names()).containsExactly("a");
    }

    @Test
    void handle_unregister_takesTheEntryBack() {
        Registration a = registry.register("a", note("a"));
        assertThat(a.unregister()).isTrue();
        assertThat(a.unregister()).isFalse();
        assertThat(registry.entries()).isEmpty();
        assertThat(registry.runAll().entries()).isEmpty();
    }

    // ---- after

    @Test
    void after_namedEntryIsOlder_itStillRunsFirst() {
        note(registry, "drain");
        note(registry, "stop", "drain");
        note(registry, "free");
        registry.runAll();
        assertThat(ran).containsExactly("free", "drain", "stop");
    }

    @Test
    void after_namedEntryRegisteredLater_counts() {
        note(registry, "stop", "drain");
        note(registry, "top", "stop");
        note(registry, "drain");
        registry.runAll();
        assertThat(ran).containsExactly("drain", "stop", "top");
    }

    @Test
    void after_severalReady_theNewestRunsFirst() {
        note(registry, "root");
        note(registry, "x", "root");
        note(registry, "y", "root");
        note(registry, "z");
        registry.runAll();
        assertThat(ran).containsExactly("z", "root", "y", "x");
    }

    @Test
    void after_namedEntryFails_runsNevertheless() {
        registry.register("drain", () -> {
            throw new IllegalStateException("no");
        });
        note(registry, "stop", "drain");
        registry.runAll();
        assertThat(ran).containsExactly("stop");
    }

    @Test
    void after_namedEntryUnregistered_isFreeAndNotReported() {
        note(registry, "drain");
        note(registry, "stop", "drain");
        note(registry, "late");
        registry.unregister("drain");
        registry.runAll();
        assertThat(ran).containsExactly("late", "stop");
        assertThat(scope.printed()).isEmpty();
    }

    @Test
    void after_namedEntryHasRunAndIsRegisteredAgain_isWaitedForAgain() {
        note(registry, "drain");
        registry.runAll();
        note(registry, "drain");
        note(registry, "stop", "drain");
        registry.runAll();
        assertThat(ran).containsExactly("drain", "drain", "stop");
    }

    @Test
    void after_namedEntryReplaced_theNewOneIsWaitedFor() {
        note(registry, "stop", "drain");
        registry.register("drain", note("old"));
        registry.register("drain", note("new"));
        registry.runAll();
        assertThat(ran).containsExactly("new", "stop");
    }

    @Test
    void after_nameThatNeverCame_keepsItsPlaceAndIsReportedInOneLine() {
        note(registry, "a");
        note(registry, "b", "gh\nost", "a", "nobody");
        note(registry, "c");
        registry.runAll();
        assertThat(ran).containsExactly("c", "a", "b");
        assertThat(scope.printed())
                .containsExactly("[atexit] cleanup 'b' was to run after 'gh\\nost', 'nobody', which nobody registered");
    }

    @Test
    void after_nameThatNeverCame_keepsLifoPlace() {
        note(registry, "a");
        note(registry, "b", "ghost");
        note(registry, "c");
        registry.runAll();
        assertThat(ran).containsExactly("c", "b", "a");
    }

    @Test
    void after_nameThatNeverCame_isTheListenersToSay() {
        List<String> warnings = new ArrayList<>();
        AtExit.configure(ExitPolicy.builder()
                .listener(event -> {
                    if (event instanceof ExitEvent.Warning warning) {
                        warnings.add(warning.message());
                    }
                })
                .build());
        note(registry, "b", "ghost");
        registry.runAll();
        assertThat(warnings).singleElement().asString().contains("'b'").contains("'ghost'");
        assertThat(scope.printed()).isEmpty();
    }

    // ---- cycles

    @Test
    void register_wouldWaitForItself_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> note(registry, "a", "a"))
                .withMessageContaining("'a' after 'a'");
        assertThat(registry.entries()).isEmpty();
    }

    @Test
    void register_closesCycle_refusedWithThePathAndNothingChanged() {
        note(registry, "a", "b");
        note(registry, "b", "c");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> note(registry, "c", "x", "a"))
                .withMessageContaining("'c' after 'a' after 'b' after 'c'");
        assertThat(names()).containsExactly("a", "b");
        registry.runAll();
        // c never came: both keep their places, and nothing waits for x.
        assertThat(ran).containsExactly("b", "a");
    }

    @Test
    void register_replacementClosesCycle_refusedAndTheOldOneStays() {
        note(registry, "a");
        note(registry, "b", "a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register("a", note("new a"), o -> o.after("b")))
                .withMessageContaining("'a' after 'b' after 'a'");
        assertThat(names()).containsExactly("a", "b");
        registry.runAll();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void register_replacementOpensCycle_accepted() {
        note(registry, "a", "b");
        note(registry, "a");
        note(registry, "b", "a");
        registry.runAll();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void register_longCycle_messageIsShort() {
        for (int i = 0; i < 5_000; i++) {
            note(registry, "n" + i, "n" + (i + 1));
        }
        assertThatThrownBy(() -> note(registry, "n5000", "n0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'n5000' after 'n0' after 'n1'")
                .hasMessageContaining("more)")
                .hasMessageContaining("after 'n4999' after 'n5000'")
                .extracting(e -> e.getMessage().length())
                .satisfies(length -> assertThat(length).isLessThan(500));
        assertThat(registry.entries()).hasSize(5_000);
    }

    @Test
    void register_afterAnEntryThatHasRunAndHadWaited_isNoCycle() {
        note(registry, "b");
        note(registry, "a", "b");
        registry.runAll();
        note(registry, "b", "a");
        registry.runAll();
        assertThat(ran).containsExactly("b", "a", "b");
    }

    // ---- bad input

    @Test
    void register_badArguments_nothingRegistered() {
        assertThatNullPointerException()
                .isThrownBy(() -> registry.register(null, NOTHING))
                .withMessageContaining("name");
        assertThatNullPointerException()
                .isThrownBy(() -> registry.register("a", null))
                .withMessageContaining("handler");
        assertThatNullPointerException()
                .isThrownBy(() -> registry.register("a", NOTHING, null))
                .withMessageContaining("options");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register(" ", NOTHING))
                .withMessageContaining("name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register("a", NOTHING, o -> o.timeout(Duration.ZERO)))
                .withMessageContaining("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register("a", NOTHING, o -> o.timeout(Duration.ofMillis(-1))))
                .withMessageContaining("timeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register("a", NOTHING, o -> o.after("b", "")))
                .withMessageContaining("name");
        assertThatNullPointerException()
                .isThrownBy(() -> registry.register("a", NOTHING, o -> o.after((String) null)))
                .withMessageContaining("name");
        assertThatNullPointerException()
                .isThrownBy(() -> registry.unregister(null))
                .withMessageContaining("name");
        assertThat(registry.entries()).isEmpty();
    }

    @Test
    void register_optionsThrow_passedOnAndTheOldEntryStays() {
        registry.register("a", note("old"));
        IllegalStateException own = new IllegalStateException("own");
        assertThatThrownBy(() -> registry.register("a", note("new"), o -> {
                    o.after("b");
                    throw own;
                }))
                .isSameAs(own);
        registry.runAll();
        assertThat(ran).containsExactly("old");
    }

    @Test
    void register_optionsKeptAndChangedLater_noEffect() {
        List<RegistryOptions> kept = new ArrayList<>();
        note(registry, "drain");
        registry.register("a", note("a"), kept::add);
        kept.get(0).after("drain");
        registry.runAll();
        assertThat(ran).containsExactly("a", "drain");
    }

    @Test
    void builder_badValues_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CleanupRegistry.builder().parallelism(0))
                .withMessageContaining("parallelism");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CleanupRegistry.builder().parallelism(257))
                .withMessageContaining("parallelism");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CleanupRegistry.builder().name(" "))
                .withMessageContaining("name");
        assertThatNullPointerException()
                .isThrownBy(() -> new CleanupRegistry(null))
                .withMessageContaining("name");
    }

    // ---- what is said and listed

    @Test
    void failure_printsExactlyOneLineAndTheRestRun() {
        note(registry, "rest");
        registry.register("clo\tse", () -> {
            throw new java.io.IOException("disk\nfull");
        });
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-SA"));
        try {
            registry.runAll();
        } finally {
            Locale.setDefault(before);
        }
        assertThat(ran).containsExactly("rest");
        assertThat(scope.printed())
                .containsExactly("[atexit] cleanup 'clo\\tse' failed: java.io.IOException: disk\\nfull");
    }

    @Test
    void failure_anError_theRestRunAndRunAllDoesNotThrow() {
        note(registry, "rest");
        registry.register("overflow", CleanupRegistryTest::overflow);
        ExitReport report = registry.runAll();
        assertThat(ran).containsExactly("rest");
        assertThat(report.isClean()).isFalse();
        assertThat(report.entries().get(0).error().orElseThrow()).isInstanceOf(StackOverflowError.class);
    }

    private static void overflow() {
        overflow();
    }

    @Test
    void entries_pendingRunningEnded_haveAllThatIsKnown() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        IllegalStateException error = new IllegalStateException("no");
        List<ExitReport.Entry> during = new ArrayList<>();
        registry.register("pending", NOTHING);
        registry.register("running", () -> during.addAll(registry.entries()));
        registry.register("failed", () -> {
            throw error;
        });
        assertThat(registry.entries()).extracting(ExitReport.Entry::outcome).containsOnly(ExitReport.Outcome.PENDING);
        assertThat(registry.entries()).allSatisfy(e -> {
            assertThat(e.ran()).isFalse();
            assertThat(e.startedAt()).isEmpty();
            assertThat(e.duration()).isZero();
            assertThat(e.registeredAt().orElseThrow()).isBetween(before, Instant.now());
        });
        registry.runAll();
        assertThat(during).extracting(ExitReport.Entry::name).containsExactly("pending", "running", "failed");
        assertThat(during.get(1).outcome()).isEqualTo(ExitReport.Outcome.PENDING);
        assertThat(during.get(1).startedAt()).isPresent();
        assertThat(during.get(2).outcome()).isEqualTo(ExitReport.Outcome.FAILED);
        List<ExitReport.Entry> after = registry.entries();
        assertThat(after).extracting(ExitReport.Entry::name).containsExactly("pending", "running", "failed");
        assertThat(after).allSatisfy(e -> {
            assertThat(e.ran()).isTrue();
            assertThat(e.startedAt().orElseThrow()).isAfterOrEqualTo(before);
            assertThat(e.duration()).isPositive();
            assertThat(e.registeredAt()).isPresent();
        });
        assertThat(after.get(0).error()).isEmpty();
        assertThat(after.get(2).error()).isEqualTo(Optional.of(error));
        assertThatThrownBy(after::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void runAll_twice_runsNothingNewUnlessRegisteredSince() {
        note(registry, "a");
        ExitReport first = registry.runAll();
        assertThat(first.reason()).isInstanceOf(ExitReason.Requested.class);
        assertThat(first.entries()).extracting(ExitReport.Entry::name).containsExactly("a");
        assertThat(first.entries().get(0).registeredAt()).isPresent();
        assertThat(first.isClean()).isTrue();
        assertThat(registry.runAll().entries()).isEmpty();
        note(registry, "b");
        ExitReport third = registry.runAll();
        assertThat(third.entries()).extracting(ExitReport.Entry::name).containsExactly("b");
        assertThat(ran).containsExactly("a", "b");
        assertThat(names()).containsExactly("a", "b");
    }

    // ---- entries that change the registry

    @Test
    void runningEntry_registersAnother_itRunsNext() {
        note(registry, "old");
        registry.register("first", () -> {
            ran.add("first");
            note(registry, "born");
        });
        registry.runAll();
        assertThat(ran).containsExactly("first", "born", "old");
    }

    @Test
    void runningEntry_unregistersAnother_itDoesNotRun() {
        note(registry, "old");
        registry.register("first", () -> assertThat(registry.unregister("old")).isTrue());
        registry.runAll();
        assertThat(ran).isEmpty();
        assertThat(names()).containsExactly("first");
        assertThat(registry.entries().get(0).outcome()).isEqualTo(ExitReport.Outcome.RAN);
    }

    @Test
    void runningEntry_replacesItself_theNewOneRunsToo() {
        registry.register("a", () -> {
            ran.add("old");
            registry.register("a", note("new"));
        });
        note(registry, "b", "a");
        registry.runAll();
        assertThat(ran).containsExactly("old", "new", "b");
    }

    @Test
    void runningEntry_unregistersItself_isForgottenAndOthersAreFreed() {
        registry.register("a", () -> {
            ran.add("a");
            registry.unregister("a");
        });
        note(registry, "b", "a");
        registry.runAll();
        assertThat(ran).containsExactly("a", "b");
        assertThat(names()).containsExactly("b");
    }

    @Test
    void runningEntry_registersOneAfterItself_itWaits() {
        registry.register("a", () -> {
            note(registry, "b", "a");
            ran.add("a");
        });
        registry.runAll();
        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void runningEntry_runsTheRegistry_theRestRunsInside() {
        note(registry, "stop", "outer");
        note(registry, "free");
        registry.register("outer", () -> {
            ran.add("outer begins");
            ExitReport inner = registry.runAll();
            assertThat(inner.entries()).extracting(ExitReport.Entry::name).containsExactly("free");
            ran.add("outer ends");
        });
        ExitReport report = registry.runAll();
        assertThat(report.isClean()).isTrue();
        assertThat(ran).containsExactly("outer begins", "free", "outer ends", "stop");
    }

    @Test
    void nested_anotherRegistry_isAnEntryLikeAnyOther() {
        CleanupRegistry inner = new CleanupRegistry("inner");
        note(inner, "a");
        registry.register("inner", inner::runAll);
        note(registry, "before");
        registry.runAll();
        assertThat(ran).containsExactly("before", "a");
    }

    // ---- size

    @Test
    void manyEntries_chainsAndStars_run() {
        int n = 10_000;
        note(registry, "root");
        for (int i = 0; i < n; i++) {
            note(registry, "star" + i, "root");
            note(registry, "chain" + i, i == 0 ? "root" : "chain" + (i - 1));
            note(registry, "back" + i, "back" + (i + 1));
            note(registry, "plain" + i);
        }
        note(registry, "back" + n);
        registry.runAll();
        assertThat(ran).hasSize(4 * n + 2).doesNotHaveDuplicates();
        assertThat(ran.indexOf("chain0")).isLessThan(ran.indexOf("chain" + (n - 1)));
        assertThat(ran.indexOf("back" + n)).isLessThan(ran.indexOf("back0"));
    }

    @Test
    void manyNames_comeAndGo_nothingIsLeft() {
        for (int i = 0; i < 100_000; i++) {
            note(registry, "n" + i, "m" + i);
            registry.unregister("n" + i);
        }
        assertThat(registry)
                .extracting("state.graph.nodes")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(Object.class, Object.class))
                .isEmpty();
        assertThat(registry.entries()).isEmpty();
    }

    @Test
    void toString_named_saysTheName() {
        assertThat(new CleanupRegistry("a\nb")).hasToString("CleanupRegistry 'a\\nb'");
        assertThat(registry).hasToString("CleanupRegistry");
    }
}
