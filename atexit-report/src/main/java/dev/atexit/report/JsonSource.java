package dev.atexit.report;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Values of a JSON text, one after the other, each of the type that is asked for. What it has handed out is counted, so
 * that no file fills the memory. Not for use by several threads.
 */
final class JsonSource {
    private static final int OBJECT_BYTES = 64;

    private final JsonParser json;
    private final long room;
    private long taken;

    JsonSource(JsonParser json, long room) {
        this.json = json;
        this.room = room;
    }

    /** Reads one element of a list. */
    interface Element<T> {
        T read(String what) throws IOException;
    }

    /** The fields of an object, in the order of the text. */
    final class Fields {
        private final String what;
        private final Set<String> known;
        private final Set<String> seen = new HashSet<>();
        private final int line;
        private final int column;
        private String name = "";

        private Fields(String what, Set<String> known) {
            this.what = what;
            this.known = known;
            JsonLocation start = json.currentTokenLocation();
            line = start.getLineNr();
            column = start.getColumnNr();
        }

        /** Goes to the value of the next known field; false if there is none. */
        boolean next() throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                name = json.currentName();
                if (!known.contains(name)) {
                    json.nextToken();
                    json.skipChildren();
                } else if (seen.add(name)) {
                    json.nextToken();
                    return true;
                } else {
                    throw refuse(what + " has \"" + name + "\" twice");
                }
            }
            return false;
        }

        /** The name of the field that was reached. */
        String name() {
            return name;
        }

        boolean has(String field) {
            return seen.contains(field);
        }

        void require(String... fields) throws ReportFormatException {
            for (String field : fields) {
                if (!seen.contains(field)) {
                    throw wrong(what + " has no \"" + field + "\"");
                }
            }
        }

        /** Where the object begins. */
        ReportFormatException wrong(String problem) {
            return new ReportFormatException(line, column, problem);
        }
    }

    /** The value that is next is an object. */
    Fields object(String what, Set<String> known) throws IOException {
        expect(JsonToken.START_OBJECT, what, "an object");
        take(2 * OBJECT_BYTES);
        return new Fields(what, known);
    }

    String text(String what) throws IOException {
        expect(JsonToken.VALUE_STRING, what, "a string");
        String text = json.getText();
        take(OBJECT_BYTES + 2L * text.length());
        return text;
    }

    /** An integer that is not negative. */
    long number(String what) throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT, what, "an integer");
        boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        long number = fits ? json.getLongValue() : -1;
        if (number < 0) {
            throw refuse(what + " is not between 0 and " + Long.MAX_VALUE);
        }
        return number;
    }

    boolean truth(String what) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw unexpected(what, "true or false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    Instant time(String what) throws IOException {
        String text = text(what);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw refuse(what + " is not a time such as 2026-01-31T23:59:59.123Z");
        }
    }

    <T> List<T> list(String what, String ofWhat, Element<T> element) throws IOException {
        expect(JsonToken.START_ARRAY, what, "an array");
        List<T> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.read(ofWhat));
        }
        return List.copyOf(list);
    }

    /** Nothing but blanks is left. */
    void end() throws IOException {
        if (json.nextToken() != null) {
            throw refuse("there is more after the end of the report");
        }
    }

    ReportFormatException refuse(String problem) {
        JsonLocation where = json.currentTokenLocation();
        return new ReportFormatException(where.getLineNr(), where.getColumnNr(), problem);
    }

    private void expect(JsonToken wanted, String what, String form) throws IOException {
        if (json.currentToken() != wanted) {
            throw unexpected(what, form);
        }
    }

    private ReportFormatException unexpected(String what, String form) {
        JsonToken token = json.currentToken();
        String found = token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_NUMBER_INT -> "an integer";
                    case VALUE_NUMBER_FLOAT -> "a number with a point or an exponent";
                    case VALUE_NULL -> "null";
                    default -> "true or false";
                };
        return refuse(what + " is not " + form + ", but " + found);
    }

    private void take(long bytes) throws ReportFormatException {
        taken += bytes;
        if (taken > room) {
            throw refuse("more than " + (room >> 20) + " MB of memory would be needed for the report up to here;"
                    + " a program with a larger heap (-Xmx) takes more");
        }
    }
}
