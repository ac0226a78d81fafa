package dev.atexit.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Without an agent the thread's own fields are closed; what they tell is tried in JVMs of its own. */
class HookNameTest {
    private static final class Closing extends Thread {
        Closing(String name) {
            super(name);
        }
    }

    @Test
    void name_threadOfAClassOfItsOwn_hasTheClass() {
        assertThat(HookName.of(new Closing("Thread-1")))
                .isEqualTo("Thread-1 (dev.atexit.agent.internal.HookNameTest$Closing)");
    }

    @Test
    void name_codeCannotBeSeen_isTheThreads() {
        assertThat(HookName.of(new Thread(() -> {}, "closes"))).isEqualTo("closes");
    }
}
