package dev.atexit.report.html;

import dev.atexit.report.timeline.Shown;
import java.io.IOException;

/**
 * Writes markup that is HTML as well as XML. Text can only get in through here, so none becomes an element, an attribute
 * or a script. Not for use by several threads.
 */
final class Markup {
    private final Appendable out;

    Markup(Appendable out) {
        this.out = out;
    }

    /** The beginning of an element; of the pairs of names and values those with an empty value are left out. */
    Markup open(String tag, String... attributes) throws IOException {
        begin(tag, attributes);
        out.append('>');
        return this;
    }

    /** An element without content. */
    Markup leaf(String tag, String... attributes) throws IOException {
        begin(tag, attributes);
        out.append("/>");
        return this;
    }

    Markup close(String tag) throws IOException {
        out.append("</").append(tag).append('>');
        return this;
    }

    /** An element with text in it. */
    Markup element(String tag, String text, String... attributes) throws IOException {
        return open(tag, attributes).text(text).close(tag);
    }

    /** Text that may say anything, and may be foreign. */
    Markup text(String text) throws IOException {
        escape(Shown.whole(text));
        return this;
    }

    Markup line() throws IOException {
        out.append('\n');
        return this;
    }

    /** Only for what this library itself has written. */
    Markup raw(String markup) throws IOException {
        out.append(markup);
        return this;
    }

    private void begin(String tag, String... attributes) throws IOException {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (!attributes[i + 1].isEmpty()) {
                out.append(' ').append(attributes[i]).append("=\"");
                escape(Shown.whole(attributes[i + 1]));
                out.append('"');
            }
        }
    }

    /** All that is not plain ASCII becomes a reference as well: so the page is the same in every encoding. */
    private void escape(String text) throws IOException {
        int from = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (c > '~' || "<>&\"'`".indexOf(c) >= 0) {
                out.append(text, from, i)
                        .append("&#")
                        .append(Integer.toString(c))
                        .append(';');
                from = next;
            }
            i = next;
        }
        out.append(text, from, text.length());
    }
}
