package dev.atexit.report;

import java.io.IOException;

/** What was read is no report of an exit, or is one of a version that is not known. The message says where and why. */
public final class ReportFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;

    ReportFormatException(int line, int column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
        this.line = line;
        this.column = column;
    }

    /**
     * The line of the problem.
     *
     * @return from 1
     */
    public int line() {
        return line;
    }

    /**
     * The column of the problem.
     *
     * @return from 1, in characters
     */
    public int column() {
        return column;
    }
}
