package dev.atexit.cli.report;

import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * How a terminal wants its text.
 *
 * @param width its columns
 * @param unicode whether it shows more than ASCII
 * @param colour whether it shows colours
 */
record TextForm(int width, boolean unicode, boolean colour) {
    private static final int PIPED_WIDTH = 80;
    private static final int LEAST_WIDTH = 60;
    private static final int MOST_WIDTH = 200;

    static TextForm of(UsageMessageSpec terminal, boolean colour) {
        int width = isTerminal() ? terminal.autoWidth(true).width() : PIPED_WIDTH;
        return new TextForm(Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, width)), isUnicode(encoding()), colour);
    }

    /** Since JDK 22 there is a console also where there is no terminal, and a method that tells. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJdk) {
            return true;
        }
    }

    /** The first one is there since JDK 19, where the default charset no longer tells what the terminal has. */
    private static @Nullable String encoding() {
        for (String property : new String[] {"stdout.encoding", "sun.stdout.encoding", "native.encoding"}) {
            String encoding = System.getProperty(property);
            if (encoding != null) {
                return encoding;
            }
        }
        return null;
    }

    static boolean isUnicode(@Nullable String encoding) {
        return encoding != null
                && encoding.toUpperCase(Locale.ROOT).replace("-", "").equals("UTF8");
    }

    /** The text, with what the terminal does not show as escapes. */
    String fit(String text) {
        if (unicode) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '…' -> out.append("...");
                case 'µ' -> out.append('u');
                case '“', '”' -> out.append('"');
                default -> {
                    if (c < 0x7f) {
                        out.append(c);
                    } else {
                        out.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
                    }
                }
            }
        }
        return out.toString();
    }
}
