package dev.atexit.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineFormatterTest {
    private final LineFormatter formatter = new LineFormatter();

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "tr-TR", "ar-SA-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "fa-IR"})
    void format_anyLocaleAndTimeZone_isTheSame(String locale) {
        Locale localeBefore = Locale.getDefault();
        TimeZone zoneBefore = TimeZone.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        try {
            LogRecord record = record(Level.INFO, "took {0} ms, I {1}");
            record.setParameters(new Object[] {1234.5, "i"});
            assertThat(formatter.format(record)).isEqualTo("2026-01-02T03:04:05.006Z INFO app: took 1,234.5 ms, I i\n");
        } finally {
            Locale.setDefault(localeBefore);
            TimeZone.setDefault(zoneBefore);
        }
    }

    @Test
    void format_messageWithControlCharacters_isOneLine() {
        LogRecord record = record(Level.WARNING, "a\nb\r\u001b[31mc\u2028");
        record.setLoggerName("x\ny");
        assertThat(formatter.format(record))
                .isEqualTo("2026-01-02T03:04:05.006Z WARNING x\\ny: a\\nb\\r\\u001b[31mc\\u2028\n");
    }

    @Test
    void format_bracesThatAreNoPattern_areKept() {
        assertThat(formatter.format(record(Level.INFO, "a {0}"))).endsWith("app: a {0}\n");
        LogRecord broken = record(Level.INFO, "a {0 b");
        broken.setParameters(new Object[] {1});
        assertThat(formatter.format(broken)).endsWith("app: a {0 b\n");
        LogRecord json = record(Level.INFO, "{\"a\": 'b'}");
        json.setParameters(new Object[] {1});
        assertThat(formatter.format(json)).endsWith("app: {\"a\": 'b'}\n");
    }

    @Test
    void format_placesInTheMessage_areFilledAndWithoutOneQuotesAreKept() {
        assertThat(filled("{0}")).endsWith("app: a\n");
        assertThat(filled("{9}")).endsWith("app: j\n");
        assertThat(filled("x{y {1}")).endsWith("app: x{y {1}\n");
        assertThat(filled("it''s '{'b")).endsWith("app: it''s '{'b\n");
        assertThat(filled("it''s '{'/")).endsWith("app: it''s '{'/\n");
        assertThat(filled("it''s '{':")).endsWith("app: it''s '{':\n");
        assertThat(filled("'{")).endsWith("app: '{\n");
    }

    private String filled(String message) {
        LogRecord record = record(Level.INFO, message);
        record.setParameters(new Object[] {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"});
        return formatter.format(record);
    }

    @Test
    void format_parameterThatCannotSayWhatItIs_messageIsShownAsItIs() {
        LogRecord record = record(Level.INFO, "one {0}");
        record.setParameters(new Object[] {
            new Object() {
                @Override
                public String toString() {
                    throw new IllegalStateException("broken");
                }
            }
        });
        assertThat(formatter.format(record)).contains(": one {0}");
    }

    @Test
    void format_nullMessageAndName_areNamed() {
        LogRecord record = record(Level.INFO, null);
        record.setLoggerName(null);
        assertThat(formatter.format(record)).endsWith("INFO (anonymous): null\n");
    }

    @Test
    void format_resourceBundle_translatesWhatItHas() {
        LogRecord known = record(Level.INFO, "key");
        known.setResourceBundle(new Bundle());
        assertThat(formatter.format(known)).endsWith("app: translated\n");
        LogRecord unknown = record(Level.INFO, "other");
        unknown.setResourceBundle(new Bundle());
        assertThat(formatter.format(unknown)).endsWith("app: other\n");
    }

    @Test
    void format_exception_isIndentedSoThatItCannotPassForALine() {
        LogRecord record = record(Level.SEVERE, "failed");
        record.setThrown(new IllegalStateException("x\n2026-01-02T03:04:05.006Z INFO app: forged"));
        String text = formatter.format(record);
        assertThat(text)
                .startsWith("2026-01-02T03:04:05.006Z SEVERE app: failed\n\tjava.lang.IllegalStateException: x\n");
        assertThat(text.lines().skip(1)).allMatch(line -> line.startsWith("\t"));
        assertThat(text).contains("\tat " + LineFormatterTest.class.getName()).endsWith("\n");
    }

    private static LogRecord record(Level level, @Nullable String message) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName("app");
        record.setInstant(Instant.parse("2026-01-02T03:04:05.006789Z"));
        return record;
    }

    /** A bundle with one key. */
    private static final class Bundle extends ListResourceBundle {
        @Override
        protected Object[][] getContents() {
            return new Object[][] {{"key", "translated"}};
        }
    }
}
