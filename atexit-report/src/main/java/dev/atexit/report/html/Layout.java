package dev.atexit.report.html;

/**
 * How high the lines of a timeline are, in pixels: less where there are many.
 *
 * @param row the height of a line
 * @param bar the height of a bar in it
 */
record Layout(int row, int bar) {
    private static final int FEW = 80;

    static Layout of(int lines) {
        return lines <= FEW ? new Layout(44, 18) : new Layout(30, 12);
    }

    boolean isDense() {
        return row < 40;
    }

    int from(int line) {
        return line * row;
    }

    int top(int line) {
        return from(line) + (row - bar) / 2;
    }

    int middle(int line) {
        return from(line) + row / 2;
    }
}
