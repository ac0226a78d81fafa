package dev.atexit.cli.output;

import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON document, indented for people. All of it is printable ASCII: what is not stands as an escape, so no
 * locale, no terminal and no encoding can change what a program reads. Not for use by several threads.
 */
public final class Json {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean empty = true;

    /** An empty document. */
    public Json() {}

    /**
     * Begins an object: the document, or an element of an array.
     *
     * @return this
     */
    public Json object() {
        next();
        return open('{');
    }

    /**
     * Begins an object that is a member.
     *
     * @param name of the member
     * @return this
     */
    public Json object(String name) {
        key(name);
        return open('{');
    }

    /**
     * Begins an array that is a member.
     *
     * @param name of the member
     * @return this
     */
    public Json array(String name) {
        key(name);
        return open('[');
    }

    /**
     * Ends the object that was begun last.
     *
     * @return this
     */
    public Json endObject() {
        return close('}');
    }

    /**
     * Ends the array that was begun last.
     *
     * @return this
     */
    public Json endArray() {
        return close(']');
    }

    /**
     * Adds a member.
     *
     * @param name of the member
     * @param text any text; {@code null} where there is none
     * @return this
     */
    public Json member(String name, @Nullable String text) {
        key(name);
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
        return this;
    }

    /**
     * Adds a member.
     *
     * @param name of the member
     * @param number any number
     * @return this
     */
    public Json member(String name, long number) {
        key(name);
        out.append(number);
        return this;
    }

    /**
     * Adds a member.
     *
     * @param name of the member
     * @param truth true or false
     * @return this
     */
    public Json member(String name, boolean truth) {
        key(name);
        out.append(truth);
        return this;
    }

    private Json open(char bracket) {
        out.append(bracket);
        depth++;
        empty = true;
        return this;
    }

    private Json close(char bracket) {
        depth--;
        if (!empty) {
            line();
        }
        out.append(bracket);
        empty = false;
        return this;
    }

    private void key(String name) {
        next();
        quote(name);
        out.append(": ");
    }

    private void next() {
        if (depth == 0) {
            return;
        }
        if (!empty) {
            out.append(',');
        }
        empty = false;
        line();
    }

    private void line() {
        out.append('\n').append("  ".repeat(depth));
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && c <= '~') {
                out.append(c);
            } else {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt((c >> shift) & 0xf));
                }
            }
        }
        out.append('"');
    }

    /** The document, without a newline at its end. */
    @Override
    public String toString() {
        return out.toString();
    }
}
