package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Environment variables are beyond the reach of a test in process: their source is tried in a child JVM. */
class EffectivePolicyTest {
    private static final Settings CODE = new Settings(5_000_000_000L, 6_000_000_000L, false, true, null, null, null);

    private final List<String> set = new ArrayList<>();

    private void property(String key, String value) {
        System.setProperty(key, value);
        set.add(key);
    }

    @AfterEach
    void clearProperties() {
        for (String key : set) {
            System.clearProperty(key);
        }
    }

    @Test
    void nothingSet_defaults() {
        EffectivePolicy policy = new EffectivePolicy(null);
        assertThat(policy.deadlineNanos).isZero();
        assertThat(policy.stuckNoticeNanos).isEqualTo(10_000_000_000L);
        assertThat(policy.secondSignalHalts).isTrue();
        assertThat(policy.tracksUncaught).isFalse();
        assertThat(policy.warnings).isEmpty();
    }

    @Test
    void codeSet_beatsDefaults() {
        EffectivePolicy policy = new EffectivePolicy(CODE);
        assertThat(policy.deadlineNanos).isEqualTo(5_000_000_000L);
        assertThat(policy.stuckNoticeNanos).isEqualTo(6_000_000_000L);
        assertThat(policy.secondSignalHalts).isFalse();
        assertThat(policy.tracksUncaught).isTrue();
    }

    @Test
    void propertySet_beatsCode() {
        property("atexit.deadline", "0");
        property("atexit.stuck.notice", "3m");
        property("atexit.second.signal", "HALT");
        property("atexit.track.uncaught", "False");
        EffectivePolicy policy = new EffectivePolicy(CODE);
        assertThat(policy.deadlineNanos).isZero();
        assertThat(policy.stuckNoticeNanos).isEqualTo(180_000_000_000L);
        assertThat(policy.secondSignalHalts).isTrue();
        assertThat(policy.tracksUncaught).isFalse();
        assertThat(policy.warnings).isEmpty();
    }

    @Test
    void propertySet_onlyCodeIsAsked_codeCounts() {
        property("atexit.deadline", "1s");
        property("atexit.report", "elsewhere.json");
        EffectivePolicy policy = new EffectivePolicy(CODE, PolicySources.codeOnly());
        assertThat(policy.deadlineNanos).isEqualTo(5_000_000_000L);
        assertThat(policy.reportFile).isNull();
    }

    @Test
    void propertyNotUnderstood_isNamedAndTheNextSourceCounts() {
        property("atexit.deadline", "25\nsec");
        property("atexit.second.signal", "stop");
        property("atexit.track.uncaught", "");
        EffectivePolicy policy = new EffectivePolicy(CODE);
        assertThat(policy.deadlineNanos).isEqualTo(5_000_000_000L);
        assertThat(policy.secondSignalHalts).isFalse();
        assertThat(policy.tracksUncaught).isTrue();
        assertThat(policy.warnings)
                .containsExactly(
                        "system property atexit.deadline is '25\\nsec', but must be a duration such as 25s, 500ms or 2m, or 0"
                                + " for none; it is not used",
                        "system property atexit.second.signal is 'stop', but must be halt or ignore; it is not used",
                        "system property atexit.track.uncaught is '', but must be true or false; it is not used");
    }

    @Test
    void variable_turkishLocale_isTheSame() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertThat(PolicySources.variable("atexit.second.signal")).isEqualTo("ATEXIT_SECOND_SIGNAL");
        } finally {
            Locale.setDefault(before);
        }
    }
}
