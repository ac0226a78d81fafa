package dev.atexit.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void document_withEverything_isIndented() {
        String text = new Json()
                .object()
                .member("text", "t")
                .member("none", null)
                .member("number", -1L)
                .array("list")
                .object()
                .member("yes", true)
                .endObject()
                .object()
                .endObject()
                .endArray()
                .array("empty")
                .endArray()
                .object("inner")
                .member("no", false)
                .endObject()
                .endObject()
                .toString();
        assertThat(text).isEqualTo("""
                        {
                          "text": "t",
                          "none": null,
                          "number": -1,
                          "list": [
                            {
                              "yes": true
                            },
                            {}
                          ],
                          "empty": [],
                          "inner": {
                            "no": false
                          }
                        }""");
    }

    @Test
    void text_withAnythingInIt_isEscapedToAscii() {
        String hostile = "\"\\/\n\u0000\u001b[31m<script>\u007f\u00e9\u2028\ud83d\ude00\ud800\ufffd";
        assertThat(new Json().object().member("t", hostile).endObject().toString())
                .isEqualTo("{\n  \"t\": \"\\\"\\\\/\\u000a\\u0000\\u001b[31m<script>\\u007f\\u00e9\\u2028"
                        + "\\ud83d\\ude00\\ud800\\ufffd\"\n}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr-TR", "ar-SA-u-nu-arab", "fa-IR"})
    void numbers_underAnyLocale_areTheSame(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(new Json()
                            .object()
                            .member("n", 1234567890123L)
                            .endObject()
                            .toString())
                    .isEqualTo("{\n  \"n\": 1234567890123\n}");
        } finally {
            Locale.setDefault(before);
        }
    }
}
