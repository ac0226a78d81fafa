package dev.atexit.internal.display;

import dev.atexit.internal.exit.ExitDisplay;
import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.Progress;
import java.io.IOException;

/**
 * Shows an exit below the line in which the program writes. The cursor goes back there at once, so that what the program
 * writes itself stays whole, and is never hidden: what is shown is erased before the next picture. Every picture is one
 * write, so that a program that is halted leaves no terminal behind that behaves in another way.
 */
public final class Display implements ExitDisplay {
    private static final String ESC = "\u001b";
    private static final String ERASE_BELOW = ESC + "[J";
    private static final String DOWN = ESC + "D";
    private static final String SAVE = ESC + "7";
    private static final String RESTORE = ESC + "8";
    private static final String CUT_LINES = ESC + "[?7l";
    private static final String WRAP_LINES = ESC + "[?7h";
    private static final String NEXT_LINE = "\r\n";

    private final Terminal terminal = new Terminal();

    /** Called by name. */
    public Display() {}

    @Override
    public boolean open() {
        return terminal.open();
    }

    @Override
    public void show(Progress progress) throws IOException {
        terminal.write(picture(Picture.lines(progress, terminal.columns(), terminal.rows())));
    }

    @Override
    public void clear() throws IOException {
        terminal.write(freshLine(terminal.isMeasured() ? terminal.columns() : 0));
    }

    @Override
    public void sumUp(ExitSummary exit) throws IOException {
        terminal.write(Summary.line(exit, terminal.columns()) + NEXT_LINE);
    }

    /** What shows these lines below the cursor, and leaves it where it is. */
    static String picture(String[] lines) {
        StringBuilder out = new StringBuilder(lines.length * 80).append(ERASE_BELOW);
        // Makes the screen scroll now if it has to: the saved place must not move.
        for (int i = 0; i < lines.length; i++) {
            out.append(DOWN);
        }
        out.append(ESC)
                .append('[')
                .append(lines.length)
                .append('A')
                .append(SAVE)
                .append(CUT_LINES);
        for (int i = 0; i < lines.length; i++) {
            out.append(NEXT_LINE).append(lines[i]);
        }
        return out.append(WRAP_LINES).append(RESTORE).toString();
    }

    /**
     * What erases the picture and leaves the cursor at the beginning of a line. A whole line of blanks goes over the edge
     * unless it begins where a line does; nobody can ask the terminal where that is without reading what is typed.
     *
     * @param columns 0 if the terminal's width is not known: then what is printed may follow an unfinished line
     */
    static String freshLine(int columns) {
        StringBuilder out = new StringBuilder(columns + 16).append(ERASE_BELOW);
        for (int i = 0; i < columns; i++) {
            out.append(' ');
        }
        if (columns > 0) {
            out.append('\r').append(ERASE_BELOW);
        }
        return out.toString();
    }
}
