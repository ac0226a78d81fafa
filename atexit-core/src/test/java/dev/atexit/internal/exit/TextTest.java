package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain text, 'quoted'", "größer ☂ 漢字", "\ud83d\ude00"})
    void escape_printable_isUnchanged(String text) {
        assertThat(Text.escape(text)).isSameAs(text);
    }

    @Test
    void escape_controlCharacters_areSpelledOut() {
        assertThat(Text.escape("a\nb\rc\td")).isEqualTo("a\\nb\\rc\\td");
        assertThat(Text.escape("\u0000\u001b[31m\u007f\u0085\u009b"))
                .isEqualTo("\\u0000\\u001b[31m\\u007f\\u0085\\u009b");
        assertThat(Text.escape("x\u2028y\u2029")).isEqualTo("x\\u2028y\\u2029");
    }

    @Test
    void escape_directionMarks_areSpelledOut() {
        assertThat(Text.escape("\u202egnp.exe\u200f\u2066\u2069")).isEqualTo("\\u202egnp.exe\\u200f\\u2066\\u2069");
    }

    @Test
    void escape_loneSurrogates_areSpelledOutAndPairsAreNot() {
        assertThat(Text.escape("\ud83d")).isEqualTo("\\ud83d");
        assertThat(Text.escape("\ude00x")).isEqualTo("\\ude00x");
        assertThat(Text.escape("\ud83d\ud83d\ude00\ude00")).isEqualTo("\\ud83d\ud83d\ude00\\ude00");
    }

    @Property
    boolean escape_anything_isOneLineWithoutControlCharacters(@ForAll String text) {
        return Text.escape(text).chars().noneMatch(Character::isISOControl);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 µs",
        "1, 0.001 µs",
        "999, 0.999 µs",
        "1000, 1 µs",
        "1500000, 1.5 ms",
        "999999999, 999.999 ms",
        "1000000000, 1 s",
        "3100000000, 3.1 s",
        "-1500000000, -1.5 s"
    })
    void duration_nanoseconds_inTheLargestUnit(long nanos, String expected) {
        assertThat(Text.duration(nanos)).isEqualTo(expected);
    }

    @Test
    void duration_leastOfAll_hasAnEnd() {
        assertThat(Text.duration(Long.MIN_VALUE)).startsWith("-9223372036");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-SA", "fr-FR", "th-TH-u-nu-thai"})
    void duration_anyLocale_isTheSame(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(Text.duration(1_234_567_000L)).isEqualTo("1.234 s");
            assertThat(Text.escape("\u001bI")).isEqualTo("\\u001bI");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void describe_toStringFailsOrIsNull_hasTheClass() {
        Throwable broken = new RuntimeException("x") {
            private static final long serialVersionUID = 1;

            @Override
            @SuppressWarnings("NullAway")
            public String toString() {
                return null;
            }
        };
        assertThat(Text.describe(broken)).startsWith(broken.getClass().getName() + " (its toString() threw ");
        assertThat(Text.describe(new Exception("a\nb"))).isEqualTo("java.lang.Exception: a\\nb");
    }
}
