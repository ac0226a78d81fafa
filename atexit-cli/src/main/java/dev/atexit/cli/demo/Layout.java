package dev.atexit.cli.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** How the demo looks: at most 100 columns, in colour on a terminal, plain where it is piped. */
final class Layout {
    private static final int WIDTH = 100;
    private static final String INDENT = "  ";
    private static final String PROGRAM = "    | ";
    private static final String RESET = "\u001b[0m";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String GREEN = "\u001b[32m";
    private static final String RED = "\u001b[31m";

    private final PrintWriter out;
    private final boolean colour;

    Layout(PrintWriter out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /** The text, filled up with blanks. */
    static String column(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    void heading(int number, String title) {
        out.println();
        out.println(styled(BOLD, number + ". " + title));
        out.flush();
    }

    void say(String text) {
        for (String line : wrap(text, WIDTH - INDENT.length())) {
            out.println(INDENT + line);
        }
        out.flush();
    }

    /** A line of Java that a program runs. */
    void code(String line) {
        out.println(INDENT + INDENT + styled(DIM, cut(line, WIDTH - 2 * INDENT.length())));
        out.flush();
    }

    /** Lines that a program printed. */
    void output(List<String> lines) {
        for (String line : lines) {
            out.println(styled(DIM, PROGRAM) + cut(line.replace("\t", "  "), WIDTH - PROGRAM.length()));
        }
        out.flush();
    }

    void verdict(boolean good, String claim) {
        String mark = good ? styled(GREEN, "ok") : styled(RED, "FAILED");
        List<String> lines = wrap(claim, WIDTH - 10);
        out.println(INDENT + mark + (good ? "  " : " ") + lines.get(0));
        for (String line : lines.subList(1, lines.size())) {
            out.println(INDENT + "    " + line);
        }
        out.flush();
    }

    void summary(boolean good, String text) {
        out.println();
        out.println(styled(good ? GREEN : RED, text));
        out.flush();
    }

    private String styled(String style, String text) {
        return colour ? style + text + RESET : text;
    }

    private static String cut(String line, int width) {
        return line.length() <= width ? line : line.substring(0, width - 3) + "...";
    }

    /** Breaks text at blanks; a word that is longer than a line stands alone. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
