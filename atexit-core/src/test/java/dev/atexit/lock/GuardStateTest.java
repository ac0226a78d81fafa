package dev.atexit.lock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the exit does that comes by while a guard is being acquired or released. */
class GuardStateTest {
    private final ResourceGuard<String> guard = ResourceGuard.of("demo", () -> "it", it -> {});
    private final GuardTask task = new GuardTask(guard);
    private final GuardState<String> state = new GuardState<>();

    @AfterEach
    void forgetInterrupt() {
        Thread.interrupted();
    }

    @Test
    void exit_interruptedWhileTheResourceIsAcquired_leavesItToTheAcquirer() {
        state.begin("demo", task);
        Thread.currentThread().interrupt();
        assertThat(state.take(task)).isNull();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(state.acquired("it")).isFalse();
        assertThat(state.isHeld()).isFalse();
    }

    @Test
    void exit_interruptedWhileTheResourceIsReleased_leavesItToTheReleaser() {
        state.begin("demo", task);
        assertThat(state.acquired("it")).isTrue();
        assertThat(state.take(null)).isNotNull();
        Thread.currentThread().interrupt();
        assertThat(state.take(task)).isNull();
        assertThat(Thread.interrupted()).isTrue();
        state.freed();
        state.begin("demo", task);
    }

    @Test
    void exit_ofAnEarlierAcquiring_takesNothing() {
        state.begin("demo", new GuardTask(guard));
        assertThat(state.acquired("it")).isTrue();
        assertThat(state.take(task)).isNull();
        assertThat(state.isHeld()).isTrue();
    }

    @Test
    void exit_whileTheResourceIsHeld_takesItAtOnce() {
        state.begin("demo", task);
        assertThat(state.acquired("it")).isTrue();
        GuardState.Taken<String> taken = state.take(task);
        assertThat(taken).isNotNull();
        assertThat(taken.resource).isEqualTo("it");
        assertThat(taken.task).isSameAs(task);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void task_inMessages_isNamedAfterItsGuard() {
        assertThat(task.name()).isEqualTo("demo");
        assertThat(task.label()).isEqualTo("demo");
        assertThat(task.noun()).isEqualTo("ResourceGuard");
    }
}
