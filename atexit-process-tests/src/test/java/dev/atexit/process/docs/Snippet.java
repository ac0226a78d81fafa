package dev.atexit.process.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A fenced block of a document.
 *
 * @param heading what it stands under
 * @param line the document's line on which it begins
 */
record Snippet(String document, String heading, int line, String language, List<String> lines) {
    private static final String FENCE = "```";

    /** The blocks of these documents that are written in a language, in their order. */
    static List<Snippet> in(String language, String... documents) throws IOException {
        List<Snippet> found = new ArrayList<>();
        for (String document : documents) {
            read(document, found);
        }
        found.removeIf(snippet -> !snippet.language.equals(language));
        return found;
    }

    /** Tests run in the directory of their module, which is one below that of the documents. */
    private static void read(String document, List<Snippet> found) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..").resolve(document));
        String heading = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("#")) {
                heading = line.substring(line.indexOf(' ') + 1);
            } else if (line.startsWith(FENCE)) {
                int first = i + 1;
                do {
                    i++;
                } while (!lines.get(i).equals(FENCE));
                String language = line.substring(FENCE.length());
                found.add(new Snippet(document, heading, first + 1, language, List.copyOf(lines.subList(first, i))));
            }
        }
    }

    /** Where it is, for messages. */
    @Override
    public String toString() {
        return document + ":" + line + " (" + heading + ")";
    }
}
