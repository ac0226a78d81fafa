package dev.atexit.cli.sweep;

import dev.atexit.cli.output.Json;
import dev.atexit.durable.SweepReport;
import dev.atexit.durable.SweepReport.Item;
import dev.atexit.durable.SweepReport.Journal;
import dev.atexit.durable.SweepReport.State;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A report for programs. Members may be added to it; another version says that one has another meaning, or is gone. */
final class ReportJson {
    private static final int VERSION = 1;

    private ReportJson() {}

    static String of(String format, boolean dry, SweepReport report) {
        Json json = new Json()
                .object()
                .member("format", format)
                .member("version", VERSION)
                .member("directory", report.directory().toString())
                .member("dryRun", dry);
        json.object("counts");
        for (State state : State.values()) {
            json.member(Words.of(state), report.count(state));
        }
        json.endObject().member("omitted", report.omitted()).array("journals");
        for (Journal journal : report.journals()) {
            add(journal, json);
        }
        return json.endArray().endObject().toString();
    }

    private static void add(Journal journal, Json json) {
        json.object().member("id", journal.id()).member("state", Words.of(journal.state()));
        json.member("reason", known(journal.reason()));
        if (journal.pid().isPresent()) {
            json.member("pid", journal.pid().getAsLong());
        } else {
            json.member("pid", null);
        }
        json.member("host", known(journal.host()))
                .member("program", known(journal.program()))
                .member("startedAt", journal.startedAt().map(Instant::toString).orElse(null))
                .member("tries", journal.tries())
                .member("omitted", journal.omitted())
                .array("items");
        for (Item item : journal.items()) {
            json.object()
                    .member("action", item.action())
                    .member("target", item.target())
                    .member("outcome", Words.of(item.outcome()))
                    .member("reason", known(item.reason()))
                    .member("output", known(item.output()))
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static @Nullable String known(String text) {
        return text.isEmpty() ? null : text;
    }
}
