package dev.atexit.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Reads the report of an exit.
 *
 * <pre>{@code
 * RecordedExit exit = ReportReader.read(Path.of("exit.json"));
 * }</pre>
 *
 * <p><b>Failure.</b> What is no report is refused with the line and the column: broken JSON, other JSON, a report of
 * another version, a field of a wrong type, one that is missing, and one that is there twice. Fields that are not known
 * are ignored. <b>Time.</b> Linear in the size of the file; what is kept of it takes at most half of the heap.
 */
public final class ReportReader {
    private static final long MOST_BYTES = 1L << 30;

    private static final Pattern SOURCE = Pattern.compile("\\[Source:[^\\]]*line: (\\d+), column: (\\d+)\\]");
    private static final Pattern CONSTRAINT = Pattern.compile(", from `[^`]*`");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(500)
                    .maxNumberLength(100)
                    .maxNameLength(10_000)
                    .maxStringLength(100_000)
                    .build())
            // A table of all names would grow with a hostile file.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private ReportReader() {}

    /**
     * Reads a file.
     *
     * @param file the report
     * @return the exit
     * @throws ReportFormatException if it is no report
     * @throws IOException if it cannot be read
     */
    public static RecordedExit read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /**
     * Reads a stream up to its end, and leaves it open.
     *
     * @param in the report
     * @return the exit
     * @throws ReportFormatException if it is no report
     * @throws IOException if it cannot be read
     */
    public static RecordedExit read(InputStream in) throws IOException {
        return read(in, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 2));
    }

    static RecordedExit read(InputStream in, long room) throws IOException {
        try (JsonParser json = JSON.createParser(new Utf8Reader(in))) {
            try {
                return new ExitReader(new JsonSource(json, room)).read(json.nextToken() == null);
            } catch (JsonProcessingException malformed) {
                JsonLocation where = malformed.getLocation();
                throw refuse(where == null ? json.currentLocation() : where, plain(malformed.getOriginalMessage()));
            }
        }
    }

    private static ReportFormatException refuse(JsonLocation where, String why) {
        return new ReportFormatException(
                Math.max(1, where.getLineNr()), Math.max(1, where.getColumnNr()), "no JSON: " + why);
    }

    /** The parser's words without its own way of naming a place. */
    private static String plain(String message) {
        String first = message.lines().findFirst().orElse("");
        String placed = SOURCE.matcher(first).replaceAll("line $1, column $2");
        return CONSTRAINT.matcher(placed).replaceAll("");
    }
}
