package dev.atexit.internal.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonOutTest {
    private static final JsonMapper READER = new JsonMapper();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonOut json = new JsonOut(bytes);

    private String written() throws IOException {
        json.finish();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Example
    void object_nested_standsInLines() throws IOException {
        json.beginObject().field("a", "x").field("n", -5).field("b", true);
        json.name("list").beginArray().item().value("1").item().value("2").endArray();
        json.name("none").beginArray().endArray();
        json.endObject();
        assertThat(written()).isEqualTo("""
                {
                  "a": "x",
                  "n": -5,
                  "b": true,
                  "list": [
                    "1",
                    "2"
                  ],
                  "none": []
                }
                """);
    }

    @Property(tries = 300)
    void text_any_isReadBackByAnotherParser(@ForAll @StringLength(max = 300) String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonOut fresh = new JsonOut(out);
        fresh.beginObject().field("text", text).endObject().finish();
        JsonNode read = READER.readTree(out.toByteArray());
        assertThat(read.get("text").stringValue()).isEqualTo(text);
    }

    @Example
    void text_loneSurrogates_areEscaped() throws IOException {
        json.beginObject().field("t", "a\ud800b\udc00").endObject();
        assertThat(written()).contains("\"a\\ud800b\\udc00\"");
    }

    @Example
    void text_tooLong_isCutBetweenCharacters() throws IOException {
        String pairs = "\ud83d\ude00".repeat(JsonOut.MAX_TEXT);
        json.beginObject().field("t", pairs).endObject();
        String read = READER.readTree(written()).get("t").stringValue();
        assertThat(read).hasSizeLessThanOrEqualTo(JsonOut.MAX_TEXT).endsWith("\ud83d\ude00\u2026");
    }
}
