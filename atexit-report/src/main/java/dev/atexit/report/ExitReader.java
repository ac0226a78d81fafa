package dev.atexit.report;

import dev.atexit.report.RecordedExit.Cause;
import dev.atexit.report.RecordedExit.Entry;
import dev.atexit.report.RecordedExit.Program;
import dev.atexit.report.RecordedExit.Reason;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the object that is the report, and what it has once. */
final class ExitReader {
    private static final String FORMAT = "atexit-report";
    private static final long VERSION = 1;

    private static final Set<String> FIELDS = Set.of(
            "format",
            "version",
            "writer",
            "complete",
            "program",
            "reason",
            "startedAt",
            "durationNanos",
            "deadlineNanos",
            "clean",
            "others",
            "omitted",
            "entries",
            "warnings");

    private final JsonSource source;
    private final EntryReader entryReader;

    private String writer = "";
    private boolean complete;
    private Program program = new Program(0, "", Optional.empty());
    private Reason reason =
            new Reason(Cause.REQUESTED, "", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    private Instant startedAt = Instant.EPOCH;
    private long durationNanos;
    private OptionalLong deadlineNanos = OptionalLong.empty();
    private boolean clean;
    private long others;
    private long omitted;
    private List<Entry> entries = List.of();
    private List<String> warnings = List.of();

    ExitReader(JsonSource source) {
        this.source = source;
        entryReader = new EntryReader(source);
    }

    RecordedExit read(boolean empty) throws IOException {
        if (empty) {
            throw new ReportFormatException(1, 1, "nothing is in it, so it is no report of an exit");
        }
        JsonSource.Fields fields = source.object("the report of an exit", FIELDS);
        try {
            while (fields.next()) {
                read(fields.name());
            }
        } catch (ReportFormatException wrong) {
            if (fields.has("format") || wrong.getMessage() == null) {
                throw wrong;
            }
            // Foreign JSON may well have a field called "entries": what is wrong with that one is not what is wrong.
            throw foreign(fields);
        }
        if (!fields.has("format")) {
            throw foreign(fields);
        }
        fields.require(
                "version",
                "writer",
                "complete",
                "program",
                "reason",
                "startedAt",
                "durationNanos",
                "clean",
                "others",
                "entries");
        source.end();
        return new RecordedExit(
                writer,
                complete,
                program,
                reason,
                startedAt,
                durationNanos,
                deadlineNanos,
                clean,
                others,
                omitted,
                entries,
                warnings);
    }

    private static ReportFormatException foreign(JsonSource.Fields fields) {
        return fields.wrong("no report of an exit: it has no \"format\": \"" + FORMAT + "\"");
    }

    private void read(String name) throws IOException {
        switch (name) {
            case "format" -> readFormat();
            case "version" -> readVersion();
            case "writer" -> writer = source.text(name);
            case "complete" -> complete = source.truth(name);
            case "program" -> program = program();
            case "reason" -> reason = reason();
            case "startedAt" -> startedAt = source.time(name);
            case "durationNanos" -> durationNanos = source.number(name);
            case "deadlineNanos" -> deadlineNanos = OptionalLong.of(source.number(name));
            case "clean" -> clean = source.truth(name);
            case "others" -> others = source.number(name);
            case "omitted" -> omitted = source.number(name);
            case "entries" -> entries = source.list(name, "an entry", entryReader::read);
            default -> warnings = source.list(name, "a warning", source::text);
        }
    }

    private void readFormat() throws IOException {
        String format = source.text("format");
        if (!format.equals(FORMAT)) {
            throw source.refuse("no report of an exit: its \"format\" is not \"" + FORMAT + "\"");
        }
    }

    private void readVersion() throws IOException {
        long version = source.number("version");
        if (version != VERSION) {
            throw source.refuse("a report of version " + version + ", and only version " + VERSION
                    + " is known; take an atexit as new as the one that wrote it");
        }
    }

    private Program program() throws IOException {
        JsonSource.Fields fields = source.object("program", Set.of("pid", "java", "command"));
        long pid = 0;
        String java = "";
        Optional<String> command = Optional.empty();
        while (fields.next()) {
            switch (fields.name()) {
                case "pid" -> pid = source.number("pid");
                case "java" -> java = source.text("java");
                default -> command = Optional.of(source.text("command"));
            }
        }
        fields.require("pid", "java");
        return new Program(pid, java, command);
    }

    private Reason reason() throws IOException {
        JsonSource.Fields fields =
                source.object("reason", Set.of("kind", "text", "signal", "caller", "thread", "error"));
        Cause kind = Cause.REQUESTED;
        String text = "";
        Optional<String> signal = Optional.empty();
        Optional<String> caller = Optional.empty();
        Optional<String> thread = Optional.empty();
        Optional<RecordedExit.Failure> error = Optional.empty();
        while (fields.next()) {
            switch (fields.name()) {
                case "kind" -> kind = cause();
                case "text" -> text = source.text("text");
                case "signal" -> signal = Optional.of(source.text("signal"));
                case "caller" -> caller = Optional.of(source.text("caller"));
                case "thread" -> thread = Optional.of(source.text("thread"));
                default -> error = Optional.of(entryReader.errors().read("error"));
            }
        }
        fields.require("kind", "text");
        if (kind == Cause.SIGNAL) {
            fields.require("signal");
        } else if (kind == Cause.UNCAUGHT) {
            fields.require("thread", "error");
        }
        return new Reason(kind, text, signal, caller, thread, error);
    }

    private Cause cause() throws IOException {
        String word = source.text("kind");
        for (Cause cause : Cause.values()) {
            if (cause.word().equals(word)) {
                return cause;
            }
        }
        throw source.refuse("\"kind\" of a reason is none of version " + VERSION);
    }
}
