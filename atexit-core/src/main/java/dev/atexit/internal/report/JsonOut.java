package dev.atexit.internal.report;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes JSON (RFC 8259) to a stream as it comes, in UTF-8, so that a large report needs no large memory. Knows where
 * commas and line breaks belong. Not thread-safe.
 */
final class JsonOut {
    /** Longer texts are cut. */
    static final int MAX_TEXT = 20_000;

    private static final String HEX = "0123456789abcdef";
    private static final char CUT = '\u2026';
    private static final int BUFFER = 8192;

    /** The most bytes that one call of {@link #put} or {@link #utf8} adds. */
    private static final int MOST = 8;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private int depth;
    private boolean first = true;

    JsonOut(OutputStream out) {
        this.out = out;
    }

    JsonOut beginObject() throws IOException {
        return begin('{');
    }

    JsonOut endObject() throws IOException {
        return end('}');
    }

    JsonOut beginArray() throws IOException {
        return begin('[');
    }

    JsonOut endArray() throws IOException {
        return end(']');
    }

    /** The next value of an array stands on a line of its own. */
    JsonOut item() throws IOException {
        separate();
        return this;
    }

    JsonOut name(String name) throws IOException {
        separate();
        text(name);
        put(':');
        put(' ');
        return this;
    }

    JsonOut field(String name, String value) throws IOException {
        return name(name).value(value);
    }

    JsonOut field(String name, long value) throws IOException {
        name(name);
        ascii(Long.toString(value));
        return this;
    }

    JsonOut field(String name, boolean value) throws IOException {
        name(name);
        ascii(value ? "true" : "false");
        return this;
    }

    JsonOut value(String text) throws IOException {
        int end = text.length();
        boolean cut = end > MAX_TEXT;
        if (cut) {
            end = MAX_TEXT - 1;
            if (Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
        }
        text(cut ? text.substring(0, end) + CUT : text);
        return this;
    }

    /** Ends the text, and hands everything to the stream. */
    void finish() throws IOException {
        put('\n');
        out.write(buffer, 0, filled);
        filled = 0;
    }

    private JsonOut begin(char bracket) throws IOException {
        put(bracket);
        depth++;
        first = true;
        return this;
    }

    private JsonOut end(char bracket) throws IOException {
        depth--;
        if (!first) {
            newLine();
        }
        put(bracket);
        first = false;
        return this;
    }

    private void separate() throws IOException {
        if (!first) {
            put(',');
        }
        first = false;
        newLine();
    }

    private void newLine() throws IOException {
        put('\n');
        for (int i = 0; i < depth; i++) {
            put(' ');
            put(' ');
        }
    }

    private void text(String text) throws IOException {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c >= ' ' && c < 0x7f) {
                put(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                utf8(Character.toCodePoint(c, text.charAt(++i)));
            } else if (c < 0xa0 || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                escape(c);
            } else {
                utf8(c);
            }
        }
        put('"');
    }

    private void escape(char c) throws IOException {
        put('\\');
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            put(HEX.charAt((c >> shift) & 0xf));
        }
    }

    private void utf8(int codePoint) throws IOException {
        makeRoom();
        if (codePoint < 0x800) {
            add(0xc0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                add(0xe0 | (codePoint >> 12));
            } else {
                add(0xf0 | (codePoint >> 18));
                add(0x80 | ((codePoint >> 12) & 0x3f));
            }
            add(0x80 | ((codePoint >> 6) & 0x3f));
        }
        add(0x80 | (codePoint & 0x3f));
    }

    private void ascii(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
    }

    private void put(char ascii) throws IOException {
        makeRoom();
        add(ascii);
    }

    private void makeRoom() throws IOException {
        if (filled > BUFFER - MOST) {
            out.write(buffer, 0, filled);
            filled = 0;
        }
    }

    private void add(int unit) {
        buffer[filled++] = (byte) unit;
    }
}
