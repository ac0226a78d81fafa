package dev.atexit.report.html;

import dev.atexit.report.RecordedExit;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.timeline.Row;
import dev.atexit.report.timeline.Shown;
import dev.atexit.report.timeline.Words;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/** What is shown of an entry when the pointer is over it, or the keyboard on it. */
final class Card {
    private static final int NAME = 400;
    private static final int TEXT = 160;

    private final Markup markup;
    private final RecordedExit exit;

    Card(Markup markup, RecordedExit exit) {
        this.markup = markup;
        this.exit = exit;
    }

    void write(Row row) throws IOException {
        Entry entry = row.entry();
        markup.open("div", "class", "card");
        markup.element("b", Shown.name(entry.name(), NAME));
        markup.element("p", sentence(Words.fate(row)));
        markup.open("dl");
        if (entry.outcome().isStarted()) {
            fact("Started", "at " + Shown.duration(row.startNanos()));
            if (row.waitNanos() > 0) {
                fact("Waited", Shown.duration(row.waitNanos()) + waitedFor(entry));
            }
            if (row.critical()) {
                fact("Critical", "decided how long it took: " + Words.share(row, exit) + " of the exit");
            }
        }
        if (entry.thread().isPresent()) {
            fact("Thread", Shown.cut(entry.thread().get(), TEXT));
        }
        if (entry.timeoutNanos().isPresent()) {
            fact("Timeout", Shown.duration(entry.timeoutNanos().getAsLong()));
        }
        if (!entry.kind().equals("handler")) {
            fact("Kind", Shown.cut(entry.kind(), TEXT));
        }
        markup.close("dl").close("div");
    }

    static String waitedFor(Entry entry) {
        if (entry.after().isEmpty()) {
            return "";
        }
        String names = entry.after().stream()
                .limit(5)
                .map(name -> Shown.name(name, 60))
                .collect(Collectors.joining(", "));
        return " for " + names + (entry.after().size() > 5 ? " and others" : "");
    }

    static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + (words.endsWith(".") ? "" : ".");
    }

    private void fact(String term, String text) throws IOException {
        markup.open("div").element("dt", term).element("dd", text).close("div");
    }
}
