package dev.atexit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistryRunTest {
    private final RegistryScope scope = new RegistryScope();
    private final RegistryState state = new RegistryState(this, null, 1);

    @AfterEach
    void leaveScope() {
        scope.close();
    }

    @Test
    void close_entryCameAfterTheLastLook_staysOpenUntilItIsTaken() {
        RegistryRun run = new RegistryRun(state, true);
        run.begin();
        assertThat(run.take()).isNull();
        RegistryEntry late = new RegistryEntry(state, "late", () -> {}, new RegistryOptions());
        state.add(late);
        assertThat(run.close()).isFalse();
        assertThat(run.take()).isSameAs(late);
    }

    @Test
    void close_anotherRunIsInAnEntry_waitsForItUntilToldToHurry() {
        state.add(new RegistryEntry(state, "entry", () -> {}, new RegistryOptions()));
        RegistryRun other = new RegistryRun(state, false);
        other.begin();
        assertThat(other.take()).isNotNull();
        RegistryRun run = new RegistryRun(state, true);
        run.begin();
        assertThat(run.close()).isFalse();
        assertThat(run.take()).isInstanceOf(AwaitedEntry.class);
        run.waited();
        run.hurry();
        assertThat(run.take()).isNull();
        assertThat(run.close()).isTrue();
    }
}
