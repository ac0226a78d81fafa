package dev.atexit.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where there is no room for a single object more, the rest still runs. */
class FullMemoryTest {
    @Test
    void stacks_noMemoryLeftAndEveryCallbackFails_allRun() throws Exception {
        ChildJvm.Ended ended = ChildJvm.running(FullMemoryProgram.class)
                .jvm("-Xmx16m", "-XX:+UseSerialGC")
                .run();
        assertThat(ended.out()).as(ended::toString).containsExactly("stack 10", "async 10", "stack 10", "async 10");
    }
}
