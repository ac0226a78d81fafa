package dev.atexit.cli;

import dev.atexit.cli.demo.DemoCommand;
import dev.atexit.cli.report.ReportCommand;
import dev.atexit.cli.sweep.PsCommand;
import dev.atexit.cli.sweep.SweepCommand;
import dev.atexit.internal.exit.Text;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code atexit}. It does nothing by itself: the work is done by its subcommands. */
@Command(
        name = "atexit",
        description = "Cleans up after Java programs that were killed, and shows how they ended that were not.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {SweepCommand.class, PsCommand.class, ReportCommand.class, DemoCommand.class})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /**
     * Runs the command and ends the JVM with its status: 0 if all went well, 1 if it failed, 2 if it was called wrongly,
     * others as the help of a subcommand says.
     *
     * @param args the words after {@code atexit}
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Main()).setExecutionExceptionHandler(Main::explain);
        for (CommandLine subcommand : command.getSubcommands().values()) {
            subcommand.getCommandSpec().versionProvider(new Version());
        }
        return command;
    }

    /** What is wrong outside the program is told in one line: no stack trace says more about it. */
    private static int explain(Exception failure, CommandLine command, ParseResult words) throws Exception {
        if (!(failure instanceof IOException)) {
            throw failure;
        }
        command.getErr().println("atexit: " + Text.escape(describe(failure)));
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    /** Some exceptions of the file system have nothing but the path for a message. */
    static String describe(Exception failure) {
        if (failure instanceof AccessDeniedException denied && denied.getReason() == null) {
            return denied.getFile() + ": access denied";
        }
        boolean saysWhy = !(failure instanceof FileSystemException known) || known.getReason() != null;
        String message = failure.getMessage();
        return saysWhy && message != null ? message : failure.toString();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing subcommand");
    }
}
