package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.support.Stderr;
import dev.atexit.testkit.AllowPending;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Registering and taking back. */
@FreshAtExit
class AtExitTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final List<String> calls = new ArrayList<>();

    private ExitHandler call(String what) {
        return () -> calls.add(what);
    }

    /** Handlers that are equal when their names are. */
    private final class Named implements ExitHandler, BoundHandler<String> {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void run() {
            calls.add(name);
        }

        @Override
        public void run(String argument) {
            calls.add(name + argument);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Named && ((Named) other).name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    @Test
    void handlers_severalRegistered_runInReverseOrder(AtExitControl control) {
        AtExit.register(call("a"));
        AtExit.register("b", call("b"));
        AtExit.register(calls::add, "c");
        AtExit.register("d", calls::add, "d");
        control.exit();
        assertThat(calls).containsExactly("d", "c", "b", "a");
    }

    @Test
    void handler_registered128Times_runs128Times(AtExitControl control) {
        ExitHandler handler = call("x");
        for (int i = 0; i < 128; i++) {
            AtExit.register(handler);
        }
        assertThat(AtExit.count()).isEqualTo(128);
        control.exit();
        assertThat(calls).hasSize(128);
    }

    @Test
    void unregister_equalHandlersOfEveryForm_removesAllOfThemAndLeavesTheRest(AtExitControl control) {
        AtExit.register(new Named("x"));
        AtExit.register("named", (ExitHandler) new Named("x"));
        AtExit.register(new Named("y"));
        AtExit.register(new Named("x"), "1");
        AtExit.register("bound", new Named("x"), "2");
        assertThat(AtExit.unregister(new Named("x"))).isTrue();
        assertThat(AtExit.unregister(new Named("x"))).isFalse();
        control.exit();
        assertThat(calls).containsExactly("y");
    }

    @Test
    void unregister_neverRegistered_isSilent() {
        assertThat(AtExit.unregister(call("x"))).isFalse();
        assertThat(err.text()).isEmpty();
    }

    @Test
    void unregister_twoEvaluationsOfOneLambda_areNotEqual(AtExitControl control) {
        AtExit.register(call("x"));
        assertThat(AtExit.unregister(call("x"))).isFalse();
        control.exit();
        assertThat(calls).containsExactly("x");
    }

    private record Resource(String name, List<String> calls) implements AutoCloseable {
        @Override
        public void close() {
            calls.add("close " + name);
        }
    }

    @Test
    void unregister_resource_goesByIdentity(AtExitControl control) {
        Resource one = AtExit.closing(new Resource("r", calls));
        Resource equal = AtExit.closing(new Resource("r", calls));
        assertThat(one).isEqualTo(equal).isNotSameAs(equal);
        assertThat(AtExit.unregister(one)).isTrue();
        assertThat(AtExit.unregister(one)).isFalse();
        assertThat(AtExit.count()).isEqualTo(1);
        control.exit();
        assertThat(calls).containsExactly("close r");
    }

    @Test
    void closing_resource_isReturnedAndClosedAtExit(AtExitControl control) {
        Resource resource = new Resource("r", calls);
        assertThat(AtExit.closing(resource)).isSameAs(resource);
        assertThat(calls).isEmpty();
        control.exit();
        assertThat(calls).containsExactly("close r");
    }

    @Test
    void closing_closeFails_isNamedByTheResource(AtExitControl control) {
        AutoCloseable broken = new AutoCloseable() {
            @Override
            public void close() throws IOException {
                throw new IOException("stuck");
            }
        };
        AtExit.closing(broken);
        control.exit();
        assertThat(err.lines())
                .containsExactly("[atexit] handler 'close " + broken.getClass().getName()
                        + "' failed: java.io.IOException: stuck");
    }

    @Test
    void clear_handlersPending_forgetsAll(AtExitControl control) {
        AtExit.register(call("a"));
        Registration b = AtExit.register("b", call("b"));
        AtExit.closing(new Resource("r", calls));
        AtExit.clear();
        assertThat(AtExit.count()).isZero();
        assertThat(b.isPending()).isFalse();
        control.exit();
        assertThat(calls).isEmpty();
    }

    @Test
    void handle_unregistered_tellsOnceAndTheHandlerNeverRuns(AtExitControl control) {
        AtExit.register(call("a"));
        Registration b = AtExit.register(call("b"));
        AtExit.register(call("c"));
        assertThat(b.isPending()).isTrue();
        assertThat(b.unregister()).isTrue();
        assertThat(b.isPending()).isFalse();
        assertThat(b.unregister()).isFalse();
        control.exit();
        assertThat(calls).containsExactly("c", "a");
    }

    @Test
    void handle_afterTheHandlerHasRun_isNotPending(AtExitControl control) {
        Registration ran = AtExit.register(call("a"));
        control.exit();
        assertThat(ran.isPending()).isFalse();
        assertThat(ran.unregister()).isFalse();
    }

    private static void assertCollected(WeakReference<Object> gone) {
        Awaitility.await().until(() -> {
            System.gc();
            return gone.get() == null;
        });
    }

    private static ExitHandler holding(Object held) {
        return () -> assertThat(held).isNotNull();
    }

    @Test
    void handle_unregistered_keepsNothingOfTheHandler() {
        Object held = new Object();
        WeakReference<Object> gone = new WeakReference<>(held);
        List<Registration> handles = new ArrayList<>();
        handles.add(AtExit.register(holding(held)));
        handles.add(AtExit.register("bound", argument -> {}, held));
        handles.add(AtExit.register(holding(held)));
        for (Registration handle : handles) {
            assertThat(handle.unregister()).isTrue();
        }
        held = null;
        assertCollected(gone);
        assertThat(handles).hasSize(3);
    }

    @Test
    void handle_ranOrCleared_keepsNothingOfTheHandler(AtExitControl control) {
        Object held = new Object();
        WeakReference<Object> gone = new WeakReference<>(held);
        Registration cleared = AtExit.register(holding(held));
        AtExit.clear();
        Registration ran = AtExit.register(holding(held));
        control.exit();
        held = null;
        assertCollected(gone);
        assertThat(cleared.isPending() || ran.isPending()).isFalse();
    }

    @Test
    void handle_aMillionRegisteredAndUnregistered_leavesNothingBehind(AtExitControl control, FakeClock clock) {
        AtExit.register(call("first"));
        for (int i = 0; i < 1_000_000; i++) {
            AtExit.register(() -> {}).unregister();
        }
        assertThat(control.pending()).hasSize(1);
        assertThat(control.exit().others()).isEqualTo(1);
    }

    @Test
    void handle_unregisteredInAnyOrderOfAHundredThousand_isFast(AtExitControl control, FakeClock clock) {
        List<Registration> handles = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            handles.add(AtExit.register(() -> {}));
        }
        // Quadratic work would take minutes.
        for (int i = 0; i < handles.size(); i += 2) {
            assertThat(handles.get(i).unregister()).isTrue();
        }
        assertThat(AtExit.count()).isEqualTo(50_000);
        assertThat(control.exit().others()).isEqualTo(50_000);
    }

    /** A handler whose equals does something to the stack, and equals nothing. */
    private abstract class Meddler implements ExitHandler {
        @Override
        public void run() {
            calls.add("meddler");
        }

        abstract void meddle();

        @Override
        public boolean equals(Object other) {
            meddle();
            return false;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void equals_throws_isPassedOnAndTheStackStaysSound(AtExitControl control) {
        AtExit.register(call("a"));
        AtExit.register(new Meddler() {
            @Override
            void meddle() {
                throw new IllegalStateException("equals");
            }
        });
        ExitHandler last = call("b");
        AtExit.register(last);
        assertThatThrownBy(() -> AtExit.unregister(last))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("equals");
        control.exit();
        assertThat(calls).containsExactly("b", "meddler", "a");
    }

    @Test
    void equals_registers_theNewOneRunsOnce(AtExitControl control) {
        ExitHandler handler = call("x");
        AtExit.register(new Meddler() {
            @Override
            void meddle() {
                AtExit.register(call("new"));
            }
        });
        AtExit.register(handler);
        assertThat(AtExit.unregister(handler)).isTrue();
        control.exit();
        assertThat(calls).containsExactly("new", "meddler");
    }

    @Test
    void equals_unregistersWhatIsLookedFor_tellsThatNoneWasLeft(AtExitControl control) {
        Registration[] handle = new Registration[1];
        ExitHandler handler = call("x");
        AtExit.register(new Meddler() {
            @Override
            void meddle() {
                handle[0].unregister();
            }
        });
        handle[0] = AtExit.register(handler);
        assertThat(AtExit.unregister(handler)).isFalse();
        control.exit();
        assertThat(calls).containsExactly("meddler");
    }

    @Test
    void equals_clears_nothingRuns(AtExitControl control) {
        AtExit.register(call("a"));
        AtExit.register(new Meddler() {
            @Override
            void meddle() {
                AtExit.clear();
            }
        });
        ExitHandler handler = call("x");
        AtExit.register(handler);
        assertThat(AtExit.unregister(handler)).isFalse();
        control.exit();
        assertThat(calls).isEmpty();
    }

    @Test
    void equals_runsEverything_nothingRunsTwice() {
        AtExit.register(call("a"));
        AtExit.register(new Meddler() {
            @Override
            void meddle() {
                AtExit.runExitHandlers();
            }
        });
        ExitHandler handler = call("x");
        AtExit.register(handler);
        assertThat(AtExit.unregister(handler)).isFalse();
        AtExit.runExitHandlers();
        assertThat(calls).containsExactly("x", "meddler", "a");
    }

    @Test
    @AllowPending
    void register_afterAnAskedForRun_isPossible() {
        AtExit.runExitHandlers();
        assertThat(AtExit.register(call("later")).isPending()).isTrue();
    }

    @Test
    void register_afterTheExit_throwsAndStoresNothing(AtExitControl control) {
        control.exit();
        assertThatThrownBy(() -> AtExit.register(call("late")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("too late to register: the exit handlers of this program have already run");
        Resource resource = new Resource("late", calls);
        assertThatThrownBy(() -> AtExit.closing(resource)).isInstanceOf(IllegalStateException.class);
        assertThat(AtExit.count()).isZero();
        assertThat(calls).isEmpty();
    }

    @Test
    void configure_afterTheExitBegan_throws(AtExitControl control) {
        List<Throwable> thrown = new ArrayList<>();
        AtExit.register(() -> {
            try {
                AtExit.configure(ExitPolicy.builder().build());
            } catch (IllegalStateException late) {
                thrown.add(late);
            }
        });
        control.exit();
        assertThat(thrown).singleElement().asString().contains("the exit has begun");
    }

    @Test
    void exitReason_whileTheProgramLives_isEmpty() {
        assertThat(AtExit.exitReason()).isEqualTo(Optional.empty());
        assertThat(AtExit.timeLeft()).isEqualTo(Optional.empty());
    }
}
