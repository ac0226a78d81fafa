package dev.atexit.report.html;

import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Failure;
import dev.atexit.report.RecordedExit.Stall;
import dev.atexit.report.RecordedExit.ThreadStack;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Timeline;
import dev.atexit.report.timeline.Words;
import java.io.IOException;
import java.util.List;

/** What went wrong, with all stacks. */
final class Troubles {
    static final int MOST = 200;
    private static final int NAME = 400;
    private static final int TEXT = 20_000;
    private static final int FRAME = 2_000;

    private final Markup markup;
    private final Timeline timeline;

    Troubles(Markup markup, Timeline timeline) {
        this.markup = markup;
        this.timeline = timeline;
    }

    void write() throws IOException {
        List<Row> troubles = timeline.troubles();
        RecordedExit exit = timeline.exit();
        List<Row> neverStarted = timeline.neverStarted();
        if (troubles.isEmpty()
                && neverStarted.isEmpty()
                && exit.reason().error().isEmpty()) {
            return;
        }
        markup.open("section", "aria-labelledby", "troubles").line();
        markup.element("h2", "What went wrong", "id", "troubles").line();
        if (exit.reason().error().isPresent()) {
            markup.open("article", "class", "trouble failed");
            markup.element("h3", "The end itself");
            markup.element("p", Words.reason(exit));
            stack(exit.reason().error().get());
            markup.close("article").line();
        }
        for (Row row : troubles.subList(0, Math.min(MOST, troubles.size()))) {
            write(row);
        }
        if (troubles.size() > MOST) {
            markup.element(
                    "p",
                    "and " + Shown.grouped(troubles.size() - MOST) + " more, whose stacks are in the report itself",
                    "class",
                    "note");
        }
        if (!neverStarted.isEmpty()) {
            markup.open("article", "class", "trouble");
            markup.open("h3")
                    .raw(Shapes.sample("never"))
                    .element("span", "Never started")
                    .close("h3");
            markup.element("p", Words.neverStarted(neverStarted, MOST));
            markup.close("article").line();
        }
        markup.close("section").line();
    }

    private void write(Row row) throws IOException {
        Entry entry = row.entry();
        markup.open("article", "class", "trouble " + entry.outcome().word(), "id", "t" + row.number());
        markup.open("h3")
                .raw(Shapes.sample(entry.outcome().word()))
                .element("span", Shown.name(entry.name(), NAME))
                .close("h3");
        markup.element("p", Card.sentence(Words.fate(row)));
        if (entry.stall().isPresent()) {
            stall(entry.stall().get());
        }
        if (entry.error().isPresent()) {
            stack(entry.error().get());
        }
        if (entry.site().isPresent()) {
            markup.open("p", "class", "note")
                    .raw("Registered by ")
                    .element("code", entry.site().get())
                    .close("p");
        }
        markup.close("article").line();
    }

    private void stall(Stall stall) throws IOException {
        String words = Words.stall(stall);
        if (!words.isEmpty()) {
            markup.element("p", words);
        }
        if (!stall.frames().isEmpty()) {
            frames("Where it stood", stall.frames());
        }
        if (stall.owner().isPresent()) {
            frames(
                    thread("Where the lock’s owner stood", stall.owner().get()),
                    stall.owner().get().frames());
        }
        for (ThreadStack thread : stall.deadlock()) {
            frames(thread("Deadlocked", thread), thread.frames());
        }
    }

    private static String thread(String role, ThreadStack thread) {
        return role + ": thread “" + Shown.name(thread.thread(), 120) + "”"
                + thread.lock()
                        .map(lock -> ", waiting for " + Shown.cut(lock, 400))
                        .orElse("");
    }

    private void frames(String title, List<String> frames) throws IOException {
        markup.open("details").element("summary", title).open("pre");
        for (String frame : frames) {
            markup.raw("at ").text(Shown.cut(frame, FRAME)).line();
        }
        markup.close("pre").close("details");
    }

    private void stack(Failure error) throws IOException {
        markup.open("details")
                .open("summary")
                .raw("Stack of ")
                .text(Words.error(error))
                .close("summary")
                .open("pre");
        print(error, "", 0);
        markup.close("pre").close("details");
    }

    private void print(Failure error, String caption, int depth) throws IOException {
        String indent = "    ".repeat(Math.min(depth, 10));
        markup.raw(indent).raw(caption).element("b", Shown.cut(error.type(), FRAME));
        if (error.message().isPresent()) {
            String separator = ": ";
            for (String line : error.message().get().split("\r?\n", -1)) {
                markup.raw(separator).text(Shown.cut(line, TEXT));
                separator = "\n" + indent;
            }
        }
        markup.line();
        for (String frame : error.frames()) {
            markup.raw(indent).raw("    at ").text(Shown.cut(frame, FRAME)).line();
        }
        if (error.omitted() > 0) {
            markup.raw(indent)
                    .raw("    ... ")
                    .text(Shown.grouped(error.omitted()))
                    .raw(" left out")
                    .line();
        }
        for (Failure suppressed : error.suppressed()) {
            print(suppressed, "Suppressed: ", depth + 1);
        }
        if (error.cause().isPresent()) {
            print(error.cause().get(), "Caused by: ", depth);
        }
    }
}
