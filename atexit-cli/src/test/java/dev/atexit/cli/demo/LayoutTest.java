package dev.atexit.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private final StringWriter out = new StringWriter();

    @Test
    void wrap_longText_breaksAtBlanks() {
        assertThat(Layout.wrap("one two three", 8)).containsExactly("one two", "three");
    }

    @Test
    void wrap_wordLongerThanALine_standsAlone() {
        assertThat(Layout.wrap("a incomprehensibilities b", 5)).containsExactly("a", "incomprehensibilities", "b");
    }

    @Test
    void output_lineTooLong_isCut() {
        new Layout(new PrintWriter(out, true), false).output(List.of("x".repeat(300)));
        assertThat(out.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).hasSize(100).endsWith("..."));
    }

    @Test
    void verdict_onATerminal_isColoured() {
        new Layout(new PrintWriter(out, true), true).verdict(true, "it holds");
        assertThat(out.toString()).contains("\u001b[32mok\u001b[0m");
    }
}
