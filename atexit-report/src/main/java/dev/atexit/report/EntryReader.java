package dev.atexit.report;

import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Failure;
import dev.atexit.report.RecordedExit.Outcome;
import dev.atexit.report.RecordedExit.Stall;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the entries, and theirs. */
final class EntryReader {
    private static final int MOST_ENTRIES = 100_000;

    private static final Set<String> FIELDS = Set.of(
            "name",
            "kind",
            "outcome",
            "startNanos",
            "durationNanos",
            "thread",
            "timeoutNanos",
            "registeredAt",
            "site",
            "after",
            "error",
            "stall",
            "entries",
            "others",
            "omitted");

    private final JsonSource source;
    private final StackReader errors;
    private int count;

    EntryReader(JsonSource source) {
        this.source = source;
        errors = new StackReader(source);
    }

    StackReader errors() {
        return errors;
    }

    Entry read(String what) throws IOException {
        JsonSource.Fields fields = source.object(what, FIELDS);
        if (++count > MOST_ENTRIES) {
            throw source.refuse("more than " + MOST_ENTRIES + " entries, and no report has more");
        }
        return new Reading().read(fields);
    }

    /** One entry, as far as it was read. */
    private final class Reading {
        private String name = "";
        private String kind = "";
        private Outcome outcome = Outcome.RAN;
        private OptionalLong startNanos = OptionalLong.empty();
        private OptionalLong durationNanos = OptionalLong.empty();
        private Optional<String> thread = Optional.empty();
        private OptionalLong timeoutNanos = OptionalLong.empty();
        private Optional<Instant> registeredAt = Optional.empty();
        private Optional<String> site = Optional.empty();
        private List<String> after = List.of();
        private Optional<Failure> error = Optional.empty();
        private Optional<Stall> stall = Optional.empty();
        private List<Entry> entries = List.of();
        private long others;
        private long omitted;

        Entry read(JsonSource.Fields fields) throws IOException {
            while (fields.next()) {
                read(fields.name());
            }
            fields.require("name", "kind", "outcome");
            if (outcome.isStarted()) {
                fields.require("startNanos", "durationNanos");
            }
            return new Entry(
                    name,
                    kind,
                    outcome,
                    startNanos,
                    durationNanos,
                    thread,
                    timeoutNanos,
                    registeredAt,
                    site,
                    after,
                    error,
                    stall,
                    entries,
                    others,
                    omitted);
        }

        private void read(String field) throws IOException {
            switch (field) {
                case "name" -> name = source.text(field);
                case "kind" -> kind = source.text(field);
                case "outcome" -> outcome = outcome();
                case "startNanos" -> startNanos = OptionalLong.of(source.number(field));
                case "durationNanos" -> durationNanos = OptionalLong.of(source.number(field));
                case "thread" -> thread = Optional.of(source.text(field));
                case "timeoutNanos" -> timeoutNanos = OptionalLong.of(source.number(field));
                case "registeredAt" -> registeredAt = Optional.of(source.time(field));
                case "site" -> site = Optional.of(source.text(field));
                case "after" -> after = source.list(field, "a name in \"after\"", source::text);
                case "error" -> error = Optional.of(errors.read(field));
                case "stall" -> stall = Optional.of(errors.readStall());
                case "entries" -> entries = source.list(field, "an entry", EntryReader.this::read);
                case "others" -> others = source.number(field);
                default -> omitted = source.number(field);
            }
        }

        private Outcome outcome() throws IOException {
            String word = source.text("outcome");
            for (Outcome known : Outcome.values()) {
                if (known.word().equals(word)) {
                    return known;
                }
            }
            throw source.refuse("\"outcome\" of an entry is none of version 1");
        }
    }
}
