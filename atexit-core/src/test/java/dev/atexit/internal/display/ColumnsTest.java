package dev.atexit.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void width_ofWideAndCombiningCharacters_isThatOnTheTerminal() {
        assertThat(Columns.width("abc")).isEqualTo(3);
        assertThat(Columns.width("\u6f22a")).isEqualTo(3);
        assertThat(Columns.width("\ud83d\ude00")).isEqualTo(2);
        assertThat(Columns.width("e\u0301")).isEqualTo(1);
        assertThat(Columns.width("\u00e9\u05d0")).isEqualTo(2);
    }

    @Test
    void cut_textThatDoesNotFit_endsWithDots() {
        assertThat(Columns.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Columns.cut("abcdef", 5)).isEqualTo("ab...");
        assertThat(Columns.cut("\u6f22\u5b57\u6f22", 5)).isEqualTo("\u6f22...");
        assertThat(Columns.cut("\ud83d\ude00abc", 4)).isEqualTo("...");
        assertThat(Columns.cut("abcdef", 2)).isEqualTo("..");
        assertThat(Columns.cut("abcdef", 0)).isEmpty();
    }

    @Test
    void seconds_ofAnyLength_haveAtMostOneDigitAfterThePoint() {
        assertThat(Columns.seconds(0)).isEqualTo("0 s");
        assertThat(Columns.seconds(349_000_000)).isEqualTo("0.3 s");
        assertThat(Columns.seconds(5_000_000_000L)).isEqualTo("5 s");
        assertThat(Columns.seconds(5_000_000_001L)).isEqualTo("5.0 s");
        assertThat(Columns.seconds(99_999_000_000L)).isEqualTo("99.9 s");
        assertThat(Columns.seconds(123_456_000_000L)).isEqualTo("123 s");
    }
}
