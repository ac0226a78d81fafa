package dev.atexit.agent.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;
import org.junit.jupiter.api.Test;

/** The map as anybody sees it who is not the exit; what the exit sees is tried in JVMs that end. */
class HookMapTest {
    private final Thread before = new Thread("before");
    private final Thread after = new Thread("after");

    private HookMap map() {
        IdentityHashMap<Thread, Thread> known = new IdentityHashMap<>();
        known.put(before, before);
        HookMap map = new HookMap(AgentOptions.parse("report=exit.json"), known);
        map.put(after, after);
        return map;
    }

    @Test
    void map_hooksOfBeforeAndAfter_areThere() {
        HookMap map = map();
        assertThat(map.keySet()).containsExactlyInAnyOrder(before, after);
        assertThat(map.containsKey(before)).isTrue();
        assertThat(map.get(after)).isSameAs(after);
    }

    @Test
    void remove_hook_isGoneAndTheSecondTimeThereIsNone() {
        HookMap map = map();
        assertThat(map.remove(after)).isSameAs(after);
        assertThat(map.remove(after)).isNull();
        assertThat(map.remove(null)).isNull();
        assertThat(map.keySet()).containsExactly(before);
    }
}
