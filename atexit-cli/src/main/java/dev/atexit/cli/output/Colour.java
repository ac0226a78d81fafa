package dev.atexit.cli.output;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Colours of a terminal. */
public enum Colour {
    /** For headings. */
    BOLD(1),

    /** Something is wrong. */
    RED(31),

    /** All is well. */
    GREEN(32),

    /** Nothing to be done, or not yet. */
    YELLOW(33);

    private final String on;

    Colour(int code) {
        on = "\u001b[" + code + "m";
    }

    /**
     * Whether standard output is a terminal that shows colours, and nobody has asked for none with {@code NO_COLOR}.
     *
     * @return false where output is piped, or the terminal is a dumb one
     */
    public static boolean isWanted() {
        return isWanted(Ansi.AUTO.enabled(), System.getenv("TERM"));
    }

    static boolean isWanted(boolean possible, @Nullable String terminal) {
        return possible && !"dumb".equals(terminal);
    }

    /**
     * The text in this colour.
     *
     * @param text plain text
     * @return the text, between the sequences that switch the colour on and off
     */
    public String paint(String text) {
        return on + text + "\u001b[0m";
    }
}
