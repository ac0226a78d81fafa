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

    private final int[] limits;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<@Nullable Colour> colours = new ArrayList<>();
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
        rows.add(List.copyOf(headings));
        colours.add(null);
    }

    /**
     * Adds a row.
     *
     * @param colour of the one column that is coloured
     * @param cells one line of text for each column, without control characters
     */
    public void add(@Nullable Colour colour, String... cells) {
        rows.add(List.of(cells));
        colours.add(colour);
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
        for (int row = 0; row < rows.size(); row++) {
            StringBuilder line = new StringBuilder();
            List<String> cells = rows.get(row);
            for (int column = 0; column < widths.length; column++) {
                String cell = Columns.fill(Columns.cut(cells.get(column), widths[column]), widths[column] + GAP);
                line.append(colour ? painted(cell, row, column) : cell);
            }
            List<String> lines = Columns.wrap(cells.get(widths.length), last);
            out.println((line + (colour ? painted(lines.get(0), row, widths.length) : lines.get(0))).stripTrailing());
            for (String more : lines.subList(1, lines.size())) {
                out.println(" ".repeat(WIDTH - last) + more);
            }
        }
    }

    private String painted(String cell, int row, int column) {
        Colour colour = row == 0 ? Colour.BOLD : column == coloured ? colours.get(row) : null;
        return colour == null ? cell : colour.paint(cell);
    }

    private int[] widths() {
        int[] widths = new int[limits.length];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.min(limits[column], Math.max(widths[column], Columns.width(row.get(column))));
            }
        }
        return widths;
    }
}
