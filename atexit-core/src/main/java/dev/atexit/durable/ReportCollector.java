package dev.atexit.durable;

import dev.atexit.internal.sweep.Performed;
import dev.atexit.internal.sweep.Sweep;
import dev.atexit.internal.sweep.SweepOptions;
import dev.atexit.internal.sweep.SweptJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Puts what a sweep has done into the public words, as far as there is room. */
final class ReportCollector implements Sweep.Sink {
    private final List<SweepReport.Journal> journals = new ArrayList<>();
    private final Map<SweepReport.State, Integer> counts = new EnumMap<>(SweepReport.State.class);
    private int items;
    private int outputChars;

    private ReportCollector() {}

    static SweepReport collect(Path directory, SweepOptions options) throws IOException {
        ReportCollector collector = new ReportCollector();
        Sweep.all(directory, options, collector);
        collector.journals.sort(
                Comparator.comparing(SweepReport.Journal::createdAt).thenComparing(SweepReport.Journal::id));
        return new SweepReport(directory, collector.journals, collector.counts);
    }

    private String outputOf(Performed item) {
        if (item.output.length() > SweepReport.MAX_ALL_OUTPUT_CHARS - outputChars) {
            return "";
        }
        outputChars += item.output.length();
        return item.output;
    }

    @Override
    public void accept(SweptJournal swept) {
        SweepReport.State state = SweepReport.State.valueOf(swept.state().name());
        counts.merge(state, 1, Integer::sum);
        if (journals.size() >= SweepReport.MAX_JOURNALS) {
            return;
        }
        List<SweepReport.Item> kept = new ArrayList<>();
        for (Performed item : swept.items()) {
            if (items < SweepReport.MAX_ALL_ITEMS) {
                items++;
                kept.add(new SweepReport.Item(item, outputOf(item)));
            }
        }
        int omitted = swept.omitted() + swept.items().size() - kept.size();
        journals.add(new SweepReport.Journal(swept, state, kept, omitted));
    }
}
