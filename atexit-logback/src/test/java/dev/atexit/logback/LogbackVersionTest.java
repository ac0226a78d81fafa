package dev.atexit.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogbackVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.5.0, true",
        "1.5.38, true",
        "1.6.6, true",
        "1.6.0-alpha1, true",
        "1.2.13, false",
        "1.3.15, false",
        "1.4.14, false",
        "1.50.1, false",
        "1.7.0, false",
        "2.0.0, false",
    })
    void isSupported_version_onlyTheTwoLines(String version, boolean supported) {
        assertThat(LogbackVersion.isSupported(version)).isEqualTo(supported);
    }

    @Test
    void check_versionOfTheseTests_passes() {
        assertThat(LogbackVersion.isThere()).isTrue();
        assertThatCode(LogbackVersion::check).doesNotThrowAnyException();
    }
}
