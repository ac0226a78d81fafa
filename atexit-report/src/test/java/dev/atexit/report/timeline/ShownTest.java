package dev.atexit.report.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "1, < 1 µs",
        "1000, 1 µs",
        "1234, 1.23 µs",
        "12345, 12.3 µs",
        "999499, 999 µs",
        "999999, 1 ms",
        "4820000000, 4.82 s",
        "59999000000, 60 s",
        "119000000000, 119 s",
        "120000000000, 2 min",
        "125000000000, 2 min 5 s",
        "7200000000000, 2 h",
        "9223372036854775807, 106751 days 23 h"
    })
    void duration_anyLength_hasAboutThreeDigits(long nanos, String text) {
        assertThat(Shown.duration(nanos)).isEqualTo(text);
    }

    @Test
    void text_withWhatCannotBeSeen_isEscaped() {
        assertThat(Shown.whole("a\nb\u0000c\u202ed\u061ce\ufefff\uffffg\ud800h"))
                .isEqualTo("a\\nb\\u0000c\\u202ed\\u061ce\\ufefff\\uffffg\\ud800h");
        assertThat(Shown.whole("\udb40\udc41")).isEqualTo("\\udb40\\udc41");
    }

    @Test
    void text_ofPeople_staysAsItIs() {
        String text = "Größe 数据库 شبكة 👩‍💻 🇸🇪 é";

        assertThat(Shown.whole(text)).isEqualTo(text);
    }

    @Test
    void name_blank_isCalledSo() {
        assertThat(Shown.name(" ", 10)).isEqualTo("(blank)");
        assertThat(Shown.name("", 10)).isEqualTo("(blank)");
        assertThat(Shown.name("abcdefghijkl", 10)).isEqualTo("abcdefghij…");
        assertThat(Shown.name("abcdefghi😀", 10)).isEqualTo("abcdefghi…");
    }

    @Property
    void text_any_endsWithoutControlCharactersAndSurrogatesOfTheirOwn(@ForAll String text) {
        assertThat(Shown.whole(text).codePoints())
                .noneMatch(c -> Character.isISOControl(c)
                        || (c >= 0xd800 && c <= 0xdfff)
                        || (c >= 0x202a && c <= 0x202e)
                        || (c & 0xfffe) == 0xfffe);
    }

    @Test
    void number_large_isGrouped() {
        assertThat(Shown.grouped(1234567)).isEqualTo("1,234,567");
        assertThat(Shown.grouped(123)).isEqualTo("123");
        assertThat(Shown.count(1, "handler")).isEqualTo("1 handler");
    }
}
