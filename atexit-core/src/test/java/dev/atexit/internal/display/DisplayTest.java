package dev.atexit.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayTest {
    @Test
    void picture_ofTwoLines_isPaintedBelowTheCursorWhichStays() {
        assertThat(Display.picture(new String[] {"one", "two"}))
                .isEqualTo("\u001b[J\u001bD\u001bD\u001b[2A\u001b7\u001b[?7l\r\none\r\ntwo\u001b[?7h\u001b8");
    }

    @Test
    void freshLine_widthIsKnown_goesToTheNextLineOnlyFromTheMiddleOfOne() {
        assertThat(Display.freshLine(4)).isEqualTo("\u001b[J    \r\u001b[J");
        assertThat(Display.freshLine(0)).isEqualTo("\u001b[J");
    }
}
