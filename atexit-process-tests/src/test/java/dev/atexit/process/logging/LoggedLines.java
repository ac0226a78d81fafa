package dev.atexit.process.logging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lines of the program of the matrix that are in files, however these are called. */
final class LoggedLines {
    /** What the program logs: a line before its end, and those of its handlers. */
    static final int ALL = 1 + MatrixProgram.HANDLERS * MatrixProgram.LINES + MatrixProgram.LINES;

    private static final Pattern MESSAGE = Pattern.compile("(start|handler \\d+ line \\d+|thread line \\d+)$");

    private final Map<String, Integer> counts = new HashMap<>();

    private LoggedLines() {}

    static LoggedLines in(Path directory) throws IOException {
        LoggedLines lines = new LoggedLines();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    lines.count(line);
                }
            }
        }
        return lines;
    }

    private void count(String line) {
        Matcher message = MESSAGE.matcher(line);
        if (message.find()) {
            counts.merge(message.group(), 1, Integer::sum);
        }
    }

    /** Those that are nowhere. */
    List<String> lost() {
        List<String> lost = new ArrayList<>();
        addIfLost("start", lost);
        for (int j = 0; j < MatrixProgram.LINES; j++) {
            for (int i = 0; i < MatrixProgram.HANDLERS; i++) {
                addIfLost("handler " + i + " line " + j, lost);
            }
            addIfLost("thread line " + j, lost);
        }
        return lost;
    }

    private void addIfLost(String line, List<String> lost) {
        if (!counts.containsKey(line)) {
            lost.add(line);
        }
    }

    /** Those that were written more than once. */
    List<String> repeated() {
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    int size() {
        return counts.size();
    }
}
