package dev.atexit.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    private static final ProcessIdentity OWN = ProcessIdentity.own();

    /** Larger than any that Linux gives. */
    private static final long NOBODY = 1 << 23;

    @Test
    void own_isAliveAndHasNotEnded() {
        assumeTrue(!OWN.exact.isEmpty(), "needs /proc");
        assertThat(OWN.isAlive()).isTrue();
        assertThat(OWN.hasEnded()).isFalse();
    }

    @Test
    void other_beganInTheSameTickAndIsGone_hasEnded() {
        assumeTrue(!OWN.exact.isEmpty(), "needs /proc");
        ProcessIdentity other = new ProcessIdentity(NOBODY, OWN.host, OWN.startedMillis, OWN.exact);
        assertThat(other.hasEnded()).isTrue();
        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void other_ofAnotherBoot_isNeitherKnownToLiveNorToHaveEnded() {
        ProcessIdentity other = new ProcessIdentity(OWN.pid, OWN.host, OWN.startedMillis, "boot/namespace/1");
        assertThat(other.hasEnded()).isFalse();
        assertThat(other.isAlive()).isFalse();
    }
}
