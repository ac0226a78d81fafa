package dev.atexit.cli.output;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows under a heading, at most 80 columns wide. Each column is as wide as its widest cell; a cell that is wider than its
 * column may be is cut, and the last column goes on in the next line instead.
 */
public final class Table {
    private static final int WIDTH = 80;
    private static final int GAP = 2;
    private static final String INDENT = "    ";

    private final int[] limits;
    private final List<Row> rows = new ArrayList<>();
    private final int coloured;

    /**
     * A table without rows.
     *
     * @param headings the headings of all columns
     * @param limits how wide each column but the last may be
     * @param coloured which column is shown in the row's colour, from 0
     */
    public Table(List<String> headings, int[] limits, int coloured) {
        this.limits = limits.clone();
        this.coloured = coloured;
        rows.add(new Row(List.copyOf(headings), null, new ArrayList<>()));
    }

    /** What stands in one line, or in more where the last cell is long, and what comes below. */
    private record Row(List<String> cells, @Nullable Colour colour, List<String> below) {}

    /**
     * Adds a row.
     *
     * @param colour of the one column that is coloured
     * @param cells one line of text for each column, without control characters
     */
    public void add(@Nullable Colour colour, String... cells) {
        rows.add(new Row(List.of(cells), colour, new ArrayList<>()));
    }

    /**
     * Adds a text below the last row, in as many lines as it needs.
     *
     * @param text the text
     */
    public void addNote(String text) {
        for (String line : Columns.wrap(text, WIDTH - INDENT.length())) {
            addLine(INDENT + line);
        }
    }

    /**
     * Adds a line below the last row.
     *
     * @param line the text, which is neither cut nor broken
     */
    public void addLine(String line) {
        rows.get(rows.size() - 1).below.add(line);
    }

    /**
     * Prints the table.
     *
     * @param out where to
     * @param colour whether in colour
     */
    public void print(PrintWriter out, boolean colour) {
        int[] widths = widths();
        int last = WIDTH - Arrays.stream(widths).map(width -> width + GAP).sum();
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = Columns.cut(row.cells.get(column), widths[column]);
                line.append(painted(Columns.fill(cell, widths[column] + GAP), row, column, colour));
            }
            List<String> lines = Columns.wrap(row.cells.get(widths.length), last);
            line.append(painted(lines.get(0), row, widths.length, colour));
            out.println(line.toString().stripTrailing());
            for (String more : lines.subList(1, lines.size())) {
                out.println(" ".repeat(WIDTH - last) + more);
            }
            for (String below : row.below) {
                out.println(below);
            }
        }
    }

    private String painted(String cell, Row row, int column, boolean wanted) {
        Colour colour = row == rows.get(0) ? Colour.BOLD : column == coloured ? row.colour : null;
        return wanted && colour != null ? colour.paint(cell) : cell;
    }

    private int[] widths() {
        int[] widths = new int[limits.length];
        for (Row row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] =
                        Math.min(limits[column], Math.max(widths[column], Columns.width(row.cells.get(column))));
            }
        }
        return widths;
    }
}
