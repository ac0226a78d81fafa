package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.atexit.support.Stderr;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FakeClock;
import dev.atexit.testkit.FreshAtExit;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@FreshAtExit
class WhenUnreachableTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    /** Watches an object that nobody else has. */
    private static Registration watchGarbage(ExitHandler action) {
        return AtExit.whenUnreachable(new Object(), action);
    }

    private static void collectUntil(java.util.concurrent.Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            System.gc();
            return condition.call();
        });
    }

    @Test
    void object_collected_actionRunsOnceOnTheLibrarysThreadAndNotAtExit(AtExitControl control) {
        Registration handle =
                watchGarbage(() -> calls.add(Thread.currentThread().getName()));
        collectUntil(() -> !calls.isEmpty());
        assertThat(handle.isPending()).isFalse();
        assertThat(handle.unregister()).isFalse();
        assertThat(AtExit.count()).isZero();
        control.exit();
        assertThat(calls).containsExactly("atexit-reaper");
    }

    @Test
    void object_stillReachable_actionRunsAtExitInItsPlace(AtExitControl control) {
        Object object = new Object();
        AtExit.register(() -> calls.add("before"));
        Registration handle = AtExit.whenUnreachable(object, () -> calls.add("action"));
        AtExit.register(() -> calls.add("after"));
        System.gc();
        assertThat(handle.isPending()).isTrue();
        control.exit();
        assertThat(calls).containsExactly("after", "action", "before");
        Reference.reachabilityFence(object);
    }

    @Test
    void object_watched_isNotKeptAlive(AtExitControl control) {
        Object object = new Object();
        WeakReference<Object> gone = new WeakReference<>(object);
        AtExit.whenUnreachable(object, () -> calls.add("action"));
        object = null;
        collectUntil(() -> gone.get() == null && !calls.isEmpty());
        assertThat(control.pending()).isEmpty();
    }

    @Test
    void handle_unregistered_actionNeverRuns() {
        Registration handle = watchGarbage(() -> calls.add("never"));
        Registration witness = watchGarbage(() -> calls.add("witness"));
        boolean was = handle.unregister();
        collectUntil(() -> !witness.isPending() && calls.contains("witness"));
        // The object may have been collected before; then the action has run.
        assertThat(calls.contains("never")).isNotEqualTo(was);
    }

    @Test
    void handle_unregisteredWhileTheObjectLives_actionNeverRunsAndIsReleased(AtExitControl control) {
        Object object = new Object();
        Object held = new Object();
        WeakReference<Object> released = new WeakReference<>(held);
        Object inAction = held;
        Registration handle = AtExit.whenUnreachable(object, () -> calls.add("never" + inAction));
        assertThat(handle.unregister()).isTrue();
        assertThat(handle.unregister()).isFalse();
        control.exit();
        assertThat(calls).isEmpty();
        assertThat(released.refersTo(held)).isTrue();
        Reference.reachabilityFence(object);
    }

    @Test
    void action_equal_isFoundByUnregister() {
        Object object = new Object();
        ExitHandler action = () -> calls.add("never");
        AtExit.whenUnreachable(object, action);
        AtExit.whenUnreachable(object, action);
        assertThat(AtExit.unregister(action)).isTrue();
        assertThat(AtExit.count()).isZero();
        Reference.reachabilityFence(object);
    }

    @Test
    void action_throws_isPrintedAndTheNextOneRuns() {
        watchGarbage(() -> {
            throw new IllegalStateException("broken");
        });
        collectUntil(() -> err.text().contains("broken"));
        watchGarbage(() -> calls.add("next"));
        collectUntil(() -> !calls.isEmpty());
        assertThat(err.lines())
                .containsExactly("[atexit] handler 'lambda in " + getClass().getName()
                        + "' failed: java.lang.IllegalStateException: broken");
    }

    @Test
    void action_interruptsItsThread_theNextOneRuns() {
        watchGarbage(() -> {
            calls.add("interrupts");
            Thread.currentThread().interrupt();
        });
        collectUntil(() -> calls.contains("interrupts"));
        watchGarbage(() -> calls.add("next"));
        collectUntil(() -> calls.contains("next"));
    }

    @Test
    void action_inProgressWhenTheExitComes_isWaitedFor(AtExitControl control) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        watchGarbage(() -> {
            begun.countDown();
            assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
            calls.add("action");
        });
        collectUntil(() -> begun.getCount() == 0);
        AtExit.register(() -> {
            calls.add("handler");
            goOn.countDown();
        });
        control.exit();
        assertThat(calls).containsExactlyInAnyOrder("handler", "action");
    }

    @Test
    void action_hangsWhenTheExitComes_isWaitedForTenSecondsAndLeftBehind(AtExitControl control, FakeClock clock) {
        CountDownLatch begun = new CountDownLatch(1);
        watchGarbage(() -> {
            begun.countDown();
            clock.hang();
        });
        collectUntil(() -> begun.getCount() == 0);
        control.exit();
        assertThat(clock.elapsed()).isEqualTo(Duration.ofSeconds(10));
        assertThat(err.lines())
                .containsExactly(
                        "[atexit] an action of an object that became unreachable is still running: left behind");
        clock.advance(Duration.ofDays(40_000));
    }

    @Test
    void watch_afterTheExit_isRefused(AtExitControl control) {
        control.exit();
        assertThatThrownBy(() -> watchGarbage(() -> calls.add("never"))).isInstanceOf(IllegalStateException.class);
    }

    private static List<Thread> reapers() {
        List<Thread> found = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("atexit-reaper")) {
                found.add(thread);
            }
        }
        return found;
    }

    @Test
    void thread_nothingIsWatchedAnyMore_endsAtOnce() {
        List<Thread> others = reapers();
        Object object = new Object();
        Registration one = AtExit.whenUnreachable(object, () -> calls.add("never"));
        Registration other = AtExit.whenUnreachable(object, () -> calls.add("never"));
        List<Thread> started = reapers();
        started.removeAll(others);
        assertThat(started).hasSize(1);
        one.unregister();
        other.unregister();
        // It would otherwise linger for ten seconds.
        await().atMost(Duration.ofSeconds(8)).until(() -> !started.get(0).isAlive());
        watchGarbage(() -> calls.add("again"));
        collectUntil(() -> calls.contains("again"));
        Reference.reachabilityFence(object);
    }
}
