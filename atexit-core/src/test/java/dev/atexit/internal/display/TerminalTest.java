package dev.atexit.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TerminalTest {
    @Test
    void terminal_dumbOrPlain_isNotWanted() {
        assertThat(Terminal.isWanted("xterm", null)).isTrue();
        assertThat(Terminal.isWanted("xterm", "")).isTrue();
        assertThat(Terminal.isWanted("xterm", "1")).isFalse();
        assertThat(Terminal.isWanted("dumb", null)).isFalse();
        assertThat(Terminal.isWanted("", null)).isFalse();
        assertThat(Terminal.isWanted(null, null)).isFalse();
    }

    @Test
    void process_inTheBackground_isKnownByItsStatus() {
        String rest = " 34816 %s 4194304 2204 0 0 0";
        assertThat(Terminal.isInBackground("17 (java) S 1 17 1" + rest.formatted("17")))
                .isFalse();
        assertThat(Terminal.isInBackground("17 (a ) b) S 1 17 1" + rest.formatted("23")))
                .isTrue();
        // No terminal of its own, or one whose foreground is outside of the container.
        assertThat(Terminal.isInBackground("17 (java) S 1 17 1" + rest.formatted("-1")))
                .isFalse();
        assertThat(Terminal.isInBackground("17 (java) S 1 17 1" + rest.formatted("0")))
                .isFalse();
    }
}
