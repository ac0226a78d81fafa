package dev.atexit.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.atexit.AtExit;
import dev.atexit.internal.exit.ExitScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The extension seen from outside: the classes within are run by an engine of their own, and only by that. */
class AtExitExtensionTest {
    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    private static EngineExecutionResults run(Class<?> tests, String... parameters) {
        SEEN.clear();
        ExitScope before = ExitScope.current();
        EngineTestKit.Builder builder = EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests));
        for (int i = 0; i < parameters.length; i += 2) {
            builder.configurationParameter(parameters[i], parameters[i + 1]);
        }
        EngineExecutionResults results = builder.execute();
        assertThat(ExitScope.current()).isSameAs(before);
        return results;
    }

    private static List<String> failures(EngineExecutionResults results) {
        List<String> messages = new ArrayList<>();
        for (Event event : results.testEvents().failed().list()) {
            messages.add(event.getRequiredPayload(TestExecutionResult.class)
                    .getThrowable()
                    .orElseThrow()
                    .getMessage());
        }
        return messages;
    }

    @FreshAtExit
    static class Leaking {
        @Test
        void leak() {
            AtExit.register("conn\nection", () -> SEEN.add("never"));
            AtExit.register("file", () -> SEEN.add("never"));
        }
    }

    @Test
    void test_leavesHandlersPending_failsWithTheirNamesAndRunsNone() {
        assertThat(failures(run(Leaking.class)))
                .singleElement()
                .asString()
                .startsWith("the test left 2 handlers pending: 'file', 'conn\\nection'");
        assertThat(SEEN).isEmpty();
    }

    @FreshAtExit
    static class Allowed {
        @Test
        @AllowPending
        void byAnnotation() {
            AtExit.register(() -> SEEN.add("never"));
        }

        @Test
        void byCall(AtExitControl control) {
            AtExit.register(() -> SEEN.add("never"));
            control.allowPending();
        }

        @Nested
        @AllowPending
        class Inside {
            @Test
            void byClass() {
                AtExit.register(() -> SEEN.add("never"));
            }
        }
    }

    @Test
    void test_leavesHandlersThatItMayLeave_succeeds() {
        run(Allowed.class)
                .testEvents()
                .assertStatistics(stats -> stats.started(3).succeeded(3));
        assertThat(SEEN).isEmpty();
    }

    @FreshAtExit
    static class Failing {
        @Test
        void fails() {
            AtExit.register(() -> SEEN.add("never"));
            throw new IllegalStateException("the test's own");
        }
    }

    @Test
    void test_failedAndLeavesHandlers_failsForItsOwnReasonAndTheScopeIsPutBack() {
        assertThat(failures(run(Failing.class))).containsExactly("the test's own");
    }

    @FreshAtExit
    static class FailingConstructor {
        FailingConstructor() {
            AtExit.register(() -> SEEN.add("never"));
            throw new IllegalStateException("no instance");
        }

        @Test
        void neverRuns() {
            SEEN.add("ran");
        }
    }

    @Test
    void constructor_fails_theScopeIsPutBack() {
        run(FailingConstructor.class).testEvents().assertStatistics(stats -> stats.failed(1));
        assertThat(SEEN).isEmpty();
    }

    @FreshAtExit
    static class Fields {
        private final AtExitControl control;

        Fields(AtExitControl control) {
            this.control = control;
            AtExit.register("field", () -> SEEN.add("field"));
        }

        @Test
        void one() {
            assertThat(control.pending()).containsExactly("field");
        }

        @Test
        void other() {
            assertThat(AtExit.count()).isEqualTo(1);
        }

        @AfterEach
        void exit() {
            control.exit();
        }
    }

    @Test
    void instance_registersInItsFields_belongsToTheTest() {
        run(Fields.class).testEvents().assertStatistics(stats -> stats.succeeded(2));
        assertThat(SEEN).containsExactly("field", "field");
    }

    @ExtendWith(AtExitExtension.class)
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class OneInstance {
        @Test
        void one(AtExitControl control) {
            AtExit.register(() -> SEEN.add("one"));
            control.exit();
        }

        @Test
        void other(AtExitControl control) {
            assertThat(AtExit.count()).isZero();
            AtExit.register(() -> SEEN.add("other"));
            control.exit();
        }
    }

    @Test
    void instance_oneForAllTests_eachHasItsOwn() {
        run(OneInstance.class).testEvents().assertStatistics(stats -> stats.succeeded(2));
        assertThat(SEEN).containsExactlyInAnyOrder("one", "other");
    }

    @FreshAtExit
    static class Outer {
        @Nested
        class Inner {
            @Test
            void nested(AtExitControl control) {
                AtExit.register(() -> SEEN.add("nested"));
                control.exit();
            }
        }

        @Nested
        class Other {
            @RegisterExtension
            final AtExitExtension second = new AtExitExtension();

            @Test
            void twice() {
                AtExit.register("to the inner one", () -> SEEN.add("never"));
            }
        }
    }

    @Test
    void nestedClass_ofAnnotatedOne_hasAFreshOneToo() {
        EngineExecutionResults results = run(Outer.class);
        assertThat(failures(results)).singleElement().asString().contains("'to the inner one'");
        assertThat(SEEN).containsExactly("nested");
    }

    @FreshAtExit
    static class NoClock {
        NoClock(FakeClock clock) {
            SEEN.add("never " + clock);
        }

        @Test
        void plain() {}
    }

    @Test
    void fakeClock_notTakenByTheTestItself_isRefusedWithAWayOut() {
        assertThat(failures(run(NoClock.class))).singleElement().asString().contains("let the test method itself");
    }

    private static final AtomicInteger INSIDE = new AtomicInteger();

    private static void aloneInside(AtExitControl control) {
        SEEN.add("inside " + INSIDE.incrementAndGet());
        for (int i = 0; i < 1000; i++) {
            AtExit.register(() -> {}).unregister();
        }
        assertThat(control.pending()).isEmpty();
        INSIDE.decrementAndGet();
    }

    @ExtendWith(AtExitExtension.class)
    @Execution(ExecutionMode.CONCURRENT)
    static class Concurrent {
        @Test
        void a(AtExitControl control) {
            aloneInside(control);
        }

        @Test
        void b(AtExitControl control) {
            aloneInside(control);
        }

        @Test
        void c(AtExitControl control) {
            aloneInside(control);
        }

        @Test
        void d(AtExitControl control) {
            aloneInside(control);
        }
    }

    @FreshAtExit
    static class ConcurrentAndAnnotated extends Concurrent {}

    private static final String[] PARALLEL = {
        "junit.jupiter.execution.parallel.enabled", "true",
        "junit.jupiter.execution.parallel.config.strategy", "fixed",
        "junit.jupiter.execution.parallel.config.fixed.parallelism", "4"
    };

    @Test
    void parallelTests_withoutALock_waitForEachOther() {
        run(Concurrent.class, PARALLEL).testEvents().assertStatistics(stats -> stats.succeeded(4));
        assertThat(SEEN).containsExactly("inside 1", "inside 1", "inside 1", "inside 1");
    }

    @Test
    void parallelTests_annotated_waitForEachOther() {
        run(ConcurrentAndAnnotated.class, PARALLEL).testEvents().assertStatistics(stats -> stats.succeeded(4));
        assertThat(SEEN).containsExactly("inside 1", "inside 1", "inside 1", "inside 1");
    }
}
