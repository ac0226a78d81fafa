package dev.atexit.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;

/** What a command printed, and its status. */
record CommandRun(int status, String out, String err) {
    static CommandRun of(String... words) {
        CommandLine command = Main.commandLine();
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return new CommandRun(command.execute(words), out.toString(), err.toString());
    }

    static CommandRun under(String locale, String... words) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(locale));
        try {
            return of(words);
        } finally {
            Locale.setDefault(before);
        }
    }

    List<String> lines() {
        return out.lines().toList();
    }
}
