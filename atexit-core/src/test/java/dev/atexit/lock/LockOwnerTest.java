package dev.atexit.lock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LockOwnerTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant SINCE = Instant.parse("2026-01-02T04:05:06Z");

    @Test
    void owner_inWords_saysWhatIsKnown() {
        assertThat(new LockOwner(4242, "build-7", null, null)).hasToString("pid 4242 on build-7");
        assertThat(new LockOwner(4242, "build-7", STARTED, SINCE))
                .hasToString("pid 4242 on build-7 (started 2026-01-02T03:04:05Z) since 2026-01-02T04:05:06Z");
    }

    @Test
    void taken_byAnOwner_saysByWhomAndWhat() {
        LockOwner owner = new LockOwner(4242, "build\n7", null, null);
        LockTakenException taken = new LockTakenException("night\tly", owner);
        assertThat(taken).hasMessage("lock 'night\\tly' is held by pid 4242 on build\\n7");
        assertThat(taken.name()).isEqualTo("night\tly");
        assertThat(taken.owner()).containsSame(owner);
    }

    @Test
    void taken_bySomebodyUnknown_saysSo() {
        LockTakenException taken = new LockTakenException("nightly", null);
        assertThat(taken).hasMessage("lock 'nightly' is held by another");
        assertThat(taken.owner()).isEmpty();
    }
}
