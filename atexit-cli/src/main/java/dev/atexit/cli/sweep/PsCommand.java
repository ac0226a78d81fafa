package dev.atexit.cli.sweep;

import dev.atexit.cli.output.Colour;
import dev.atexit.durable.SweepReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the programs that owe something. */
@Command(
        name = "ps",
        description = "Lists the programs that will have to clean up, and those that were killed and have not.",
        mixinStandardHelpOptions = true)
public final class PsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ArgGroup
    private Form form = new Form();

    @Mixin
    private StateDirectoryOption stateDirectory = new StateDirectoryOption();

    /** Called by picocli. */
    public PsCommand() {}

    /** How much is said. */
    static final class Form {
        @Option(names = "--json", description = "Prints one JSON document.")
        private boolean json;

        @Option(names = "--long", description = "Also lists what each program owes, with whole paths.")
        private boolean whole;

        Form() {}
    }

    @Override
    public Integer call() throws IOException {
        SweepReport report = stateDirectory.sweeper().build().list();
        PrintWriter out = spec.commandLine().getOut();
        if (form.json) {
            out.println(ReportJson.of("atexit-ps", true, report));
        } else {
            new DebtTable(form.whole).print(report, out, Colour.isWanted());
        }
        out.flush();
        return 0;
    }
}
