package dev.atexit.cli.report;

import dev.atexit.cli.output.Colour;
import dev.atexit.internal.exit.Text;
import dev.atexit.report.RecordedExit;
import dev.atexit.report.ReportReader;
import dev.atexit.report.html.HtmlPage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the report of an exit. */
@Command(
        name = "report",
        description = "Makes a page of the report of an exit, or shows it in the terminal.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all went well",
            "1:the page could not be written",
            "2:it was called wrongly, or the file cannot be read or is no report of an exit"
        })
public final class ReportCommand implements Callable<Integer> {
    private static final int NO_REPORT = 2;
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "FILE.json",
            description = "The report, as -Datexit.report=FILE.json has a program write it.")
    private Path file = Path.of("");

    @ArgGroup
    private Form form = new Form();

    /** Called by picocli. */
    public ReportCommand() {}

    /** Page or terminal. */
    static final class Form {
        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE.html",
                description =
                        "Where the page is written, over what is there. Default: beside the report; -: to standard"
                                + " output.")
        private @Nullable String output;

        @Option(names = "--text", description = "Prints a timeline for the terminal, and writes no page.")
        private boolean text;

        Form() {}
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        RecordedExit exit;
        try {
            exit = ReportReader.read(file);
        } catch (IOException wrong) {
            err.println("atexit: " + Text.escape(file + ": " + why(wrong)));
            return NO_REPORT;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (form.text) {
            new TextReport(exit, TextForm.of(spec.usageMessage(), Colour.isWanted()), out).print();
        } else if (STANDARD_OUTPUT.equals(form.output)) {
            HtmlPage.of(exit).writeTo(out);
        } else {
            Path page = form.output == null ? beside(file) : Path.of(form.output);
            if (Files.exists(page) && Files.isSameFile(page, file)) {
                throw new ParameterException(
                        spec.commandLine(), "-o: " + page + " is the report itself; the page needs a file of its own");
            }
            new PageFile(page).write(exit);
            out.println(page);
        }
        out.flush();
        return 0;
    }

    private String why(IOException wrong) {
        if (wrong instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (wrong instanceof AccessDeniedException) {
            return "access denied";
        }
        String message = wrong.getMessage();
        return Files.isDirectory(file) ? "is a directory" : message == null ? wrong.toString() : message;
    }

    static Path beside(Path report) {
        String name = String.valueOf(report.getFileName());
        String stem = name.endsWith(".json") && name.length() > 5 ? name.substring(0, name.length() - 5) : name;
        return report.resolveSibling(stem + ".html");
    }
}
