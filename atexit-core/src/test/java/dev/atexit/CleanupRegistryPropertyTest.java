package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Random registries against a model that is as slow as it is plain. */
class CleanupRegistryPropertyTest {
    private RegistryScope scope;

    @BeforeTry
    void enterScope() {
        scope = new RegistryScope();
    }

    @AfterTry
    void leaveScope() {
        scope.close();
    }

    /** What was accepted: names in the order of registration, each with what it waits for. */
    private static final class Model {
        final Map<String, Set<String>> after = new LinkedHashMap<>();

        boolean wouldCycle(String name, Set<String> wanted) {
            return reaches(wanted, name, new HashSet<>());
        }

        private boolean reaches(Set<String> from, String name, Set<String> been) {
            for (String next : from) {
                if (next.equals(name)) {
                    return true;
                }
                if (been.add(next) && reaches(after.getOrDefault(next, Set.of()), name, been)) {
                    return true;
                }
            }
            return false;
        }

        void put(String name, Set<String> wanted) {
            after.remove(name);
            after.put(name, wanted);
        }

        /** The newest of those all of whose prerequisites are gone, again and again. */
        List<String> order() {
            List<String> left = new ArrayList<>(after.keySet());
            List<String> order = new ArrayList<>();
            while (!left.isEmpty()) {
                for (int i = left.size() - 1; i >= 0; i--) {
                    if (Collections.disjoint(after.get(left.get(i)), left)) {
                        order.add(left.remove(i));
                        break;
                    }
                }
            }
            return order;
        }
    }

    /** Registers, replaces and unregisters at random, and checks each answer. */
    private static Model fill(CleanupRegistry registry, Random random, int steps, Map<String, ExitHandler> handlers) {
        Model model = new Model();
        int names = 1 + random.nextInt(20);
        for (int step = 0; step < steps; step++) {
            String name = "n" + random.nextInt(names);
            if (random.nextInt(5) == 0) {
                assertThat(registry.unregister(name)).isEqualTo(model.after.remove(name) != null);
                continue;
            }
            Set<String> wanted = new HashSet<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                wanted.add("n" + random.nextInt(names + 1));
            }
            boolean refused = false;
            try {
                ExitHandler handler = handlers.computeIfAbsent(name, n -> () -> {});
                registry.register(name, handler, o -> o.after(wanted.toArray(new String[0])));
            } catch (IllegalArgumentException cycle) {
                refused = true;
            }
            assertThat(refused)
                    .as("%s after %s in %s", name, wanted, model.after)
                    .isEqualTo(model.wouldCycle(name, wanted));
            if (!refused) {
                model.put(name, wanted);
            }
            assertThat(registry.entries().stream().map(ExitReport.Entry::name))
                    .containsExactlyElementsOf(model.after.keySet());
        }
        return model;
    }

    @Property(tries = 500)
    void runAll_anyRegistry_newestReadyFirstAndEachOnce(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 80) int steps) {
        List<String> ran = new ArrayList<>();
        CleanupRegistry registry = new CleanupRegistry();
        Model model = fill(registry, new Random(seed), steps, noting(ran));
        ExitReport report = registry.runAll();
        assertThat(ran).isEqualTo(model.order());
        assertThat(report.entries().stream().map(ExitReport.Entry::name)).containsExactlyElementsOf(ran);
        assertThat(registry.runAll().entries()).isEmpty();
    }

    @Property(tries = 200)
    void exit_anyRegistry_newestReadyFirstAndEachOnce(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int steps) {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CleanupRegistry registry = new CleanupRegistry();
        Model model = fill(registry, new Random(seed), steps, noting(ran));
        scope.exit();
        assertThat(ran).isEqualTo(model.order());
    }

    @Property(tries = 200)
    void runAll_inTwoRounds_endedEntriesAreWaitedForOnlyWhenRegisteredAgain(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int steps) {
        List<String> ran = new ArrayList<>();
        CleanupRegistry registry = new CleanupRegistry();
        Random random = new Random(seed);
        Model first = fill(registry, random, steps, noting(ran));
        registry.runAll();
        for (String name : first.after.keySet()) {
            registry.unregister(name);
        }
        ran.clear();
        Model second = fill(registry, random, steps, noting(ran));
        registry.runAll();
        assertThat(ran).isEqualTo(second.order());
    }

    private static Map<String, ExitHandler> noting(List<String> ran) {
        Map<String, ExitHandler> handlers = new HashMap<>();
        for (int i = 0; i <= 20; i++) {
            String name = "n" + i;
            handlers.put(name, () -> ran.add(name));
        }
        return handlers;
    }

    @Property(tries = 300)
    void runAll_parallel_neverMoreThanAllowedAndPrerequisitesEndedBefore(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 60) int steps,
            @ForAll @IntRange(min = 2, max = 5) int parallelism) {
        CleanupRegistry registry =
                CleanupRegistry.builder().parallelism(parallelism).build();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        Map<String, ExitHandler> handlers = new HashMap<>();
        for (int i = 0; i <= 20; i++) {
            String name = "n" + i;
            handlers.put(name, () -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                events.add("+" + name);
                Thread.yield();
                events.add("-" + name);
                inside.decrementAndGet();
            });
        }
        Model model = fill(registry, new Random(seed), steps, handlers);
        ExitReport report = registry.runAll();
        assertThat(report.isClean()).isTrue();
        assertThat(most.get()).isLessThanOrEqualTo(parallelism);
        assertThat(events).hasSize(2 * model.after.size()).doesNotHaveDuplicates();
        model.after.forEach((name, wanted) -> {
            for (String other : wanted) {
                if (model.after.containsKey(other)) {
                    assertThat(events.indexOf("-" + other)).isLessThan(events.indexOf("+" + name));
                }
            }
        });
    }
}
