package dev.atexit.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Log4jVersionTest {
    @ParameterizedTest
    @ValueSource(strings = {"2.17.0", "2.24.3", "2.26.1", "2.30", "2.27.0-SNAPSHOT"})
    void version_twoOfThatNumberOrLater_isSupported(String version) {
        assertThat(Log4jVersion.isSupported(version)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2.17", "2.3.2", "2.16.0", "3.0.0-beta3", "3.0"})
    void version_olderOrThree_isRefused(String version) {
        assertThat(Log4jVersion.isSupported(version)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "my.fork"})
    void version_noNumber_isTried(String version) {
        assertThat(Log4jVersion.isSupported(version)).isTrue();
    }

    @Test
    void check_versionOfThisBuild_isFine() {
        assertThat(Log4jVersion.isThere()).isTrue();
        Log4jVersion.check();
    }
}
