package dev.atexit.report;

import dev.atexit.report.RecordedExit.Failure;
import dev.atexit.report.RecordedExit.Stall;
import dev.atexit.report.RecordedExit.ThreadStack;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what was thrown, and where threads stood. */
final class StackReader {
    private static final Set<String> ERROR_FIELDS =
            Set.of("type", "message", "frames", "cause", "suppressed", "omitted");
    private static final Set<String> STALL_FIELDS = Set.of("frames", "calledExit", "lock", "owner", "deadlock");
    private static final Set<String> THREAD_FIELDS = Set.of("thread", "lock", "frames");

    private final JsonSource source;

    StackReader(JsonSource source) {
        this.source = source;
    }

    Failure read(String what) throws IOException {
        JsonSource.Fields fields = source.object(what, ERROR_FIELDS);
        String type = "";
        Optional<String> message = Optional.empty();
        List<String> frames = List.of();
        Optional<Failure> cause = Optional.empty();
        List<Failure> suppressed = List.of();
        long omitted = 0;
        while (fields.next()) {
            switch (fields.name()) {
                case "type" -> type = source.text("type");
                case "message" -> message = Optional.of(source.text("message"));
                case "frames" -> frames = frames();
                case "cause" -> cause = Optional.of(read("cause"));
                case "suppressed" -> suppressed = source.list("suppressed", "an error in \"suppressed\"", this::read);
                default -> omitted = source.number("omitted");
            }
        }
        fields.require("type", "frames");
        return new Failure(type, message, frames, cause, suppressed, omitted);
    }

    Stall readStall() throws IOException {
        JsonSource.Fields fields = source.object("stall", STALL_FIELDS);
        List<String> frames = List.of();
        boolean calledExit = false;
        Optional<String> lock = Optional.empty();
        Optional<ThreadStack> owner = Optional.empty();
        List<ThreadStack> deadlock = List.of();
        while (fields.next()) {
            switch (fields.name()) {
                case "frames" -> frames = frames();
                case "calledExit" -> calledExit = source.truth("calledExit");
                case "lock" -> lock = Optional.of(source.text("lock"));
                case "owner" -> owner = Optional.of(thread("owner"));
                default -> deadlock = source.list("deadlock", "a thread in \"deadlock\"", this::thread);
            }
        }
        fields.require("frames");
        return new Stall(frames, calledExit, lock, owner, deadlock);
    }

    private ThreadStack thread(String what) throws IOException {
        JsonSource.Fields fields = source.object(what, THREAD_FIELDS);
        String thread = "";
        Optional<String> lock = Optional.empty();
        List<String> frames = List.of();
        while (fields.next()) {
            switch (fields.name()) {
                case "thread" -> thread = source.text("thread");
                case "lock" -> lock = Optional.of(source.text("lock"));
                default -> frames = frames();
            }
        }
        fields.require("thread", "frames");
        return new ThreadStack(thread, lock, frames);
    }

    private List<String> frames() throws IOException {
        return source.list("frames", "a frame", source::text);
    }
}
