package dev.atexit.process.explain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal shows that is sent this. It knows what the display uses, and refuses everything else. */
final class Screen {
    private static final Pattern PART = Pattern.compile(
            "\\x1b\\[(?<argument>[?0-9]*)(?<control>[A-Za-z])|\\x1b(?<short>[D78])|(?<text>.)", Pattern.DOTALL);

    private final int columns;
    private final char[][] cells;
    private int row;
    private int column;
    private int savedRow;
    private int savedColumn;
    private boolean wraps = true;
    private boolean atEdge;

    Screen(int rows, int columns) {
        this.columns = columns;
        this.cells = new char[rows][columns];
        for (char[] line : cells) {
            Arrays.fill(line, ' ');
        }
    }

    /** Every screen that could be seen, in their order; {@code reads} are lines of {@code terminal.py}. */
    static List<List<String>> all(int rows, int columns, List<String> reads) {
        Screen screen = new Screen(rows, columns);
        List<List<String>> seen = new ArrayList<>();
        for (String read : reads) {
            if (screen.read(read)) {
                seen.add(screen.lines());
            }
        }
        return seen;
    }

    /** Whether a line of {@code terminal.py} makes it show something that fits. */
    static Predicate<String> showing(int rows, int columns, Predicate<List<String>> fits) {
        Screen screen = new Screen(rows, columns);
        return read -> screen.read(read) && fits.test(screen.lines());
    }

    private boolean read(String read) {
        if (read.startsWith("status ")) {
            return false;
        }
        send(new String(HexFormat.of().parseHex(read), StandardCharsets.UTF_8));
        return true;
    }

    void send(String text) {
        Matcher part = PART.matcher(text);
        while (part.find()) {
            if (part.group("control") != null) {
                control(part.group("control").charAt(0), part.group("argument"));
            } else if (part.group("short") != null) {
                shortControl(part.group("short").charAt(0));
            } else {
                put(part.group("text").charAt(0));
            }
        }
    }

    private void control(char control, String argument) {
        if (control == 'J' && argument.isEmpty()) {
            Arrays.fill(cells[row], column, columns, ' ');
            for (int below = row + 1; below < cells.length; below++) {
                Arrays.fill(cells[below], ' ');
            }
        } else if (control == 'A') {
            row = Math.max(0, row - Integer.parseInt(argument));
        } else if (argument.equals("?7") && (control == 'h' || control == 'l')) {
            wraps = control == 'h';
        } else {
            throw new AssertionError("sent ESC [" + argument + control);
        }
    }

    private void shortControl(char control) {
        if (control == 'D') {
            down();
        } else if (control == '7') {
            savedRow = row;
            savedColumn = column;
        } else {
            row = savedRow;
            column = savedColumn;
            atEdge = false;
        }
    }

    private void put(char c) {
        if (c == '\r') {
            column = 0;
            atEdge = false;
        } else if (c == '\n') {
            down();
        } else if (c == '\t') {
            column = Math.min(columns - 1, (column / 8 + 1) * 8);
        } else if (c < ' ') {
            throw new AssertionError("sent the control character " + (int) c);
        } else {
            if (atEdge && wraps) {
                column = 0;
                atEdge = false;
                down();
            }
            cells[row][column] = c;
            atEdge = column == columns - 1;
            column = Math.min(columns - 1, column + 1);
        }
    }

    private void down() {
        if (row < cells.length - 1) {
            row++;
            return;
        }
        System.arraycopy(cells, 1, cells, 0, cells.length - 1);
        cells[row] = new char[columns];
        Arrays.fill(cells[row], ' ');
    }

    /** Its lines without blanks at their ends, and without empty ones at its own. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (char[] line : cells) {
            lines.add(new String(line).stripTrailing());
        }
        while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }
}
