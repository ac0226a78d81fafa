package dev.atexit.cli;

import dev.atexit.cli.demo.DemoCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code atexit}. It does nothing by itself: the work is done by its subcommands. */
@Command(
        name = "atexit",
        description = "Shows how a Java program cleans up when it ends.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = DemoCommand.class)
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    /**
     * Runs the command and ends the JVM with its status: 0 if all went well, 1 if it failed, 2 if it was called wrongly.
     *
     * @param args the words after {@code atexit}
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing subcommand");
    }
}
