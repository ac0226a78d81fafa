package dev.atexit.process.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.ChildJvm.Ended;
import dev.atexit.process.spring.BootProgram.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a program of Spring Boot ended.
 *
 * @param log the lines of its log file, as the program gave them
 */
record BootRun(Ended ended, List<String> log) {
    /** What a handler logs which a bean registers when it is destroyed. */
    static final String LATE = "handler registered by a bean that was destroyed";

    private static final Pattern LINE = Pattern.compile(".*: (handler .*|bean .*)");

    /** Runs a program to its end. */
    static BootRun of(ChildJvm.Builder program, End end, Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve(end + ".log");
        program.property("logging.file.name", file.toString()).property("server.port", "0");
        try (ChildJvm child = program.start()) {
            if (end == End.TERM || end == End.INT) {
                child.awaitLine("ending");
                child.signal(end.name());
            }
            return new BootRun(child.await(), read(file));
        }
    }

    static List<String> read(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                lines.add(matcher.group(1));
            }
        }
        return lines;
    }

    /** What is in the log, with one line for all of a handler's that follow each other. */
    List<String> summary() {
        List<String> summary = new ArrayList<>();
        int line = 1;
        for (String text : log) {
            if (line > 1 && text.endsWith(" line " + line)) {
                line++;
            } else if (text.endsWith(" line 1")) {
                line = 2;
            } else {
                summary.add(text);
                line = 1;
            }
            if (line > BootProgram.LINES) {
                summary.add(text.replaceAll(" line .*", ": all lines"));
                line = 1;
            }
        }
        return summary;
    }

    static List<String> allHandlers() {
        List<String> lines = new ArrayList<>();
        for (int handler = 1; handler <= BootProgram.HANDLERS + 1; handler++) {
            lines.add("handler " + handler + ": all lines");
        }
        return lines;
    }

    String all() {
        return ended.out().stream().filter(line -> !line.contains(": handler ")).toList() + "\n" + ended.errText();
    }

    /** The beans are destroyed, then the handlers run, the last one first, and every line is kept. */
    void assertInOrder(End end) {
        assertOrder(end, List.of("bean is being destroyed", "bean is destroyed", LATE));
    }

    /** As {@link #assertInOrder}, with other things in the log before the handlers. */
    void assertOrder(End end, List<String> before) {
        List<String> expected = new ArrayList<>(before);
        expected.addAll(allHandlers());
        assertThat(summary()).as(all()).containsExactlyElementsOf(expected);
        assertThat(log.stream().filter(line -> line.contains(" line ")))
                .as(all())
                .hasSize(BootProgram.ALL_LINES);
        assertThat(ended.status()).as(all()).isEqualTo(end.status);
    }

    /** All that the library has said. */
    List<String> said() {
        return ended.err().stream().filter(line -> line.startsWith("[atexit]")).toList();
    }
}
