package dev.atexit.internal.logging;

import dev.atexit.internal.exit.Text;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.text.MessageFormat;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * One line a record, the same under every locale and time zone: {@code 2026-01-31T23:59:59.123Z INFO app: message}. A
 * stack trace follows with every line indented, so that no message can pass for a line of its own.
 */
final class LineFormatter extends Formatter {
    private static final int NANOS_PER_MILLI = 1_000_000;

    @Override
    public String format(LogRecord record) {
        StringBuilder out = new StringBuilder(120);
        OffsetDateTime time = record.getInstant().atOffset(ZoneOffset.UTC);
        digits(out, time.getYear(), 4).append('-');
        digits(out, time.getMonthValue(), 2).append('-');
        digits(out, time.getDayOfMonth(), 2).append('T');
        digits(out, time.getHour(), 2).append(':');
        digits(out, time.getMinute(), 2).append(':');
        digits(out, time.getSecond(), 2).append('.');
        digits(out, time.getNano() / NANOS_PER_MILLI, 3).append("Z ");
        out.append(summary(record)).append('\n');
        Throwable thrown = record.getThrown();
        if (thrown != null) {
            trace(out, thrown);
        }
        return out.toString();
    }

    /** The record's level, logger and message in one line. */
    static String summary(LogRecord record) {
        return LateNotice.summary(record.getLevel().getName(), record.getLoggerName(), message(record));
    }

    private static String message(LogRecord record) {
        String text = record.getMessage();
        if (text == null) {
            return "null";
        }
        text = translated(text, record.getResourceBundle());
        Object[] parameters = record.getParameters();
        if (parameters == null || parameters.length == 0 || !hasPlace(text)) {
            return text;
        }
        try {
            return new MessageFormat(text, Locale.ROOT).format(parameters);
        } catch (RuntimeException | StackOverflowError noPatternOrBroken) {
            // A message with braces of its own, or a parameter that cannot say what it is: shown as it is.
            return text;
        }
    }

    private static String translated(String key, @Nullable ResourceBundle bundle) {
        if (bundle == null) {
            return key;
        }
        try {
            return bundle.getString(key);
        } catch (MissingResourceException notThere) {
            // A message that nobody has translated.
            return key;
        }
    }

    private static boolean hasPlace(String text) {
        for (int i = text.indexOf('{'); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
            char next = text.charAt(i + 1);
            if (next >= '0' && next <= '9') {
                return true;
            }
        }
        return false;
    }

    private static void trace(StringBuilder out, Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        for (String line : text.toString().stripTrailing().split("\\R", -1)) {
            out.append('\t').append(Text.escape(line.strip())).append('\n');
        }
    }

    private static StringBuilder digits(StringBuilder out, int value, int width) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        return out.append(digits);
    }
}
