package dev.atexit.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private final Table table = new Table(List.of("A", "STATE", "REST"), new int[] {6, 10}, 1);

    @Test
    void rows_all_standUnderTheirHeading() {
        table.add(null, "1", "alive", "one two");
        table.add(null, "12345678", "-", "");
        assertThat(print(false)).isEqualTo("""
                        A       STATE  REST
                        1       alive  one two
                        123...  -
                        """);
    }

    @Test
    void lastColumn_tooLong_goesOnBelow() {
        table.add(null, "1", "alive", "word ".repeat(40).strip());
        List<String> lines = print(false).lines().toList();
        assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(lines.get(2)).startsWith("          word");
    }

    @Test
    void colour_wanted_paintsTheHeadingAndOneColumn() {
        table.add(Colour.RED, "1", "left", "rest");
        table.add(null, "2", "alive", "rest");
        assertThat(print(true).lines().toList())
                .containsExactly(
                        "\u001b[1mA  \u001b[0m\u001b[1mSTATE  \u001b[0m\u001b[1mREST\u001b[0m",
                        "1  \u001b[31mleft   \u001b[0mrest",
                        "2  alive  rest");
    }

    @Test
    void colour_dumbTerminalOrNoTerminal_isNotWanted() {
        assertThat(Colour.isWanted(true, "xterm-256color")).isTrue();
        assertThat(Colour.isWanted(true, null)).isTrue();
        assertThat(Colour.isWanted(true, "dumb")).isFalse();
        assertThat(Colour.isWanted(false, "xterm")).isFalse();
    }

    private String print(boolean colour) {
        StringWriter out = new StringWriter();
        table.print(new PrintWriter(out), colour);
        return out.toString();
    }
}
