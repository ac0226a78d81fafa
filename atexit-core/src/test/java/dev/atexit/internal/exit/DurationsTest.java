package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "1ms, PT0.001S",
        "25s, PT25S",
        "500ms, PT0.5S",
        "2m, PT2M",
        "1h, PT1H",
        "' 7s ', PT7S",
        "10S, PT10S",
        "3MS, PT0.003S",
        "007s, PT7S",
        "8760h, PT8760H"
    })
    void parse_asOperatorsWriteThem_isRead(String text, Duration expected) {
        assertThat(Durations.parse(text)).isEqualTo(expected.toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"8761h", "999999999999h", "999999999999ms"})
    void parse_longerThanAYear_isAYear(String text) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofDays(365).toNanos());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "s",
                "5",
                "-5s",
                "+5s",
                "5 s",
                "1.5s",
                "1,5s",
                "5sec",
                "5d",
                "PT5S",
                "\u0665s",
                "5s5s",
                "1e3s",
                "9999999999999s",
                "none"
            })
    void parse_anythingElse_isRefused(String text) {
        assertThat(Durations.parse(text)).isEqualTo(-1);
    }

    @Test
    void parse_turkishLocale_readsCapitalUnits() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr", "TR"));
            assertThat(Durations.parse("3MS")).isEqualTo(3_000_000);
        } finally {
            Locale.setDefault(before);
        }
    }
}
