package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerStackTest {
    private final HandlerStack stack = new HandlerStack(ExitScope.detached(null));

    private Task push(String name) {
        Task task = new TestTask(name, () -> {});
        stack.push(task);
        return task;
    }

    private Task pushKept(String name) {
        Task task = new TestTask(name, () -> {}) {
            @Override
            public boolean kept() {
                return true;
            }
        };
        stack.push(task);
        return task;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (Task task : stack.snapshot()) {
            names.add(task.label());
        }
        return names;
    }

    @Test
    void take_severalPushed_newestFirstThenNone() {
        Task a = push("a");
        Task b = push("b");
        assertThat(stack.take()).isSameAs(b);
        assertThat(b.isPending()).isFalse();
        assertThat(stack.take()).isSameAs(a);
        assertThat(stack.take()).isNull();
    }

    @Test
    void remove_atTheTopInTheMiddleAndAtTheBottom_keepsTheOrderOfTheRest() {
        Task bottom = push("1");
        push("2");
        Task middle = push("3");
        push("4");
        Task top = push("5");
        assertThat(middle.unregister()).isTrue();
        assertThat(names()).containsExactly("5", "4", "2", "1");
        assertThat(top.unregister()).isTrue();
        assertThat(bottom.unregister()).isTrue();
        assertThat(names()).containsExactly("4", "2");
        assertThat(stack.count()).isEqualTo(2);
    }

    @Test
    void remove_ofAnotherStack_isRefused() {
        Task task = push("a");
        assertThat(new HandlerStack(ExitScope.detached(null)).remove(task)).isFalse();
        assertThat(task.isPending()).isTrue();
    }

    @Test
    void remove_onlyTask_leavesNoLinks() {
        Task task = push("a");
        Task other = push("b");
        task.unregister();
        other.unregister();
        assertThat(task.older).isNull();
        assertThat(task.newer).isNull();
        assertThat(other.older).isNull();
        assertThat(names()).isEmpty();
    }

    @Test
    void clear_keptTasksAmongOthers_theyStayInOrderAndAreNotCounted() {
        pushKept("k1");
        push("a");
        pushKept("k2");
        push("b");
        assertThat(stack.count()).isEqualTo(2);
        stack.clear();
        assertThat(names()).containsExactly("k2", "k1");
        assertThat(stack.count()).isZero();
        push("c");
        assertThat(stack.count()).isEqualTo(1);
        assertThat(stack.take()).extracting(Task::label).isEqualTo("c");
        assertThat(stack.take()).extracting(Task::label).isEqualTo("k2");
        assertThat(stack.count()).isZero();
    }

    @Test
    void close_beforeTheExit_staysOpen() {
        assertThat(stack.close()).isTrue();
        assertThat(push("a").isPending()).isTrue();
    }

    @Test
    void close_whenTheExitHasBegun_refusesWhatComesLaterAndStoresNothing() {
        push("a");
        stack.closeWhenEmpty("because");
        assertThat(stack.close()).isFalse();
        push("b");
        assertThat(names()).containsExactly("b", "a");
        stack.take();
        stack.take();
        assertThat(stack.close()).isTrue();
        assertThatThrownBy(() -> push("c"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("because");
        assertThat(names()).isEmpty();
    }

    @Test
    void cut_tasksPending_refusesMoreAndHandsOutTheRestAsSkipped() {
        Task a = push("a");
        stack.closeWhenEmpty("because");
        stack.cut();
        assertThatThrownBy(() -> push("b")).isInstanceOf(IllegalStateException.class);
        assertThat(stack.takeSkipped()).isSameAs(a);
        assertThat(stack.takeSkipped()).isNull();
    }

    @Test
    void takeThis_takenOrNot_tells() {
        Task a = push("a");
        Task b = push("b");
        assertThat(stack.takeThis(a)).isTrue();
        assertThat(stack.takeThis(a)).isFalse();
        assertThat(names()).containsExactly("b");
        assertThat(b.isPending()).isTrue();
    }
}
