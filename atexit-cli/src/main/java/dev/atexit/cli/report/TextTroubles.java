package dev.atexit.cli.report;

import dev.atexit.cli.output.Colour;
import dev.atexit.cli.output.Columns;
import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Failure;
import dev.atexit.report.RecordedExit.Stall;
import dev.atexit.report.RecordedExit.ThreadStack;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.io.PrintWriter;
import java.util.List;

/** What went wrong, with the beginnings of the stacks. */
final class TextTroubles {
    private static final int MOST_FRAMES = 8;
    private static final int MOST_CAUSES = 5;
    private static final String INDENT = "    ";

    private final TextForm form;
    private final PrintWriter out;

    TextTroubles(TextForm form, PrintWriter out) {
        this.form = form;
        this.out = out;
    }

    void print(Timeline timeline, int most) {
        RecordedExit exit = timeline.exit();
        List<Row> troubles = timeline.troubles();
        List<Row> neverStarted = timeline.neverStarted();
        if (troubles.isEmpty()
                && neverStarted.isEmpty()
                && exit.reason().error().isEmpty()) {
            return;
        }
        out.println();
        out.println(form.colour() ? Colour.BOLD.paint("What went wrong") : "What went wrong");
        exit.reason().error().ifPresent(error -> {
            say("  ", Words.reason(exit));
            stack(error);
        });
        for (Row row : troubles.subList(0, Math.min(most, troubles.size()))) {
            print(row);
        }
        if (troubles.size() > most) {
            say("  ", "and " + Shown.grouped(troubles.size() - most) + " more");
        }
        if (!neverStarted.isEmpty()) {
            say("  ", Words.neverStarted(neverStarted, most));
        }
    }

    private void print(Row row) {
        Entry entry = row.entry();
        say("  ", Shown.name(entry.name(), 120) + " " + Words.fate(row));
        entry.stall().ifPresent(this::stall);
        entry.error().ifPresent(this::stack);
        entry.site().ifPresent(site -> say(INDENT, "registered by " + Shown.cut(site, 400)));
    }

    private void stall(Stall stall) {
        String words = Words.stall(stall);
        if (!words.isEmpty()) {
            say(INDENT, words);
        }
        frames("it stood", stall.frames());
        stall.owner().ifPresent(owner -> frames("the lock's owner stood", owner.frames()));
        for (ThreadStack thread : stall.deadlock()) {
            frames("\"" + Shown.name(thread.thread(), 120) + "\" stood", thread.frames());
        }
    }

    private void frames(String title, List<String> frames) {
        if (!frames.isEmpty()) {
            say(INDENT, title);
            list(frames);
        }
    }

    private void list(List<String> frames) {
        for (String frame : frames.subList(0, Math.min(MOST_FRAMES, frames.size()))) {
            line(INDENT + INDENT + "at " + Shown.cut(frame, 400));
        }
        if (frames.size() > MOST_FRAMES) {
            line(INDENT + INDENT + "... " + Shown.grouped(frames.size() - MOST_FRAMES) + " more");
        }
    }

    /** The error itself stands above; its causes have their own line. */
    private void stack(Failure error) {
        list(error.frames());
        Failure at = error.cause().orElse(null);
        for (int i = 0; i < MOST_CAUSES && at != null; i++) {
            say(INDENT, "caused by " + Words.error(at));
            list(at.frames());
            at = at.cause().orElse(null);
        }
        for (Failure suppressed : error.suppressed()
                .subList(0, Math.min(MOST_CAUSES, error.suppressed().size()))) {
            say(INDENT, "suppressed " + Words.error(suppressed));
            list(suppressed.frames());
        }
    }

    private void say(String indent, String text) {
        for (String line : Columns.wrap(form.fit(text), form.width() - indent.length())) {
            out.println(indent + line);
        }
    }

    private void line(String text) {
        out.println(Columns.cut(form.fit(text), form.width()));
    }
}
