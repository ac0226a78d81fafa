package dev.atexit.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void width_ofWideAndCombiningCharacters_isWhatTheyTakeOnATerminal() {
        assertThat(Columns.width("abc")).isEqualTo(3);
        assertThat(Columns.width("\u6f22\u5b57")).isEqualTo(4);
        assertThat(Columns.width("e\u0301")).isEqualTo(1);
        assertThat(Columns.width("\ud83d\ude00")).isEqualTo(2);
    }

    @Test
    void fill_text_hasTheWidthOrMore() {
        assertThat(Columns.fill("ab", 4)).isEqualTo("ab  ");
        assertThat(Columns.fill("\u6f22", 4)).isEqualTo("\u6f22  ");
        assertThat(Columns.fill("abcdef", 4)).isEqualTo("abcdef");
    }

    @Test
    void cut_textThatIsTooLong_endsInDotsAndFits() {
        assertThat(Columns.cut("abcdefgh", 8)).isEqualTo("abcdefgh");
        assertThat(Columns.cut("abcdefghi", 8)).isEqualTo("abcde...");
        assertThat(Columns.cut("\u6f22\u6f22\u6f22\u6f22\u6f22", 8)).isEqualTo("\u6f22\u6f22...");
        assertThat(Columns.cut("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 5)).isEqualTo("\ud83d\ude00...");
    }

    @Test
    void end_textThatIsTooLong_beginsWithDotsAndFits() {
        assertThat(Columns.end("abcdefgh", 8)).isEqualTo("abcdefgh");
        assertThat(Columns.end("abcdefghi", 8)).isEqualTo("...efghi");
        assertThat(Columns.end("\u6f22\u6f22\u6f22\u6f22\u6f22", 8)).isEqualTo("...\u6f22\u6f22");
    }

    @Test
    void wrap_text_breaksAtBlanksAndLongWordsAnywhere() {
        assertThat(Columns.wrap("", 5)).containsExactly("");
        assertThat(Columns.wrap("one two three", 8)).containsExactly("one two", "three");
        assertThat(Columns.wrap("one two", 7)).containsExactly("one two");
        assertThat(Columns.wrap("abcdefghij kl", 4)).containsExactly("abcd", "efgh", "ij", "kl");
        assertThat(Columns.wrap("\u6f22", 1)).containsExactly("\u6f22");
    }
}
