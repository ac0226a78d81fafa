package dev.atexit.cli.sweep;

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

/** Cleans up after programs that have ended without doing it. */
@Command(
        name = "sweep",
        description =
                "Cleans up after programs that were killed: deletes their temporary files, removes their pid files.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing is left",
            "1:the sweep could not be made",
            "2:it was called wrongly",
            "3:something is left or was refused; with --dry-run also what there is to do"
        })
public final class SweepCommand implements Callable<Integer> {
    private static final int LEFT = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dry-run", description = "Says what it would do, and does nothing.")
    private boolean dryRun;

    @Option(
            names = "--run-commands",
            description = "Also runs the commands that programs have left to be run, unless the machine was restarted.")
    private boolean runCommands;

    @Option(
            names = "--other-hosts",
            description =
                    "Also cleans up after programs of other machines, although it cannot be told whether they live.")
    private boolean otherHosts;

    @ArgGroup
    private Form form = new Form();

    @Mixin
    private StateDirectoryOption stateDirectory = new StateDirectoryOption();

    /** Called by picocli. */
    public SweepCommand() {}

    /** How much is said. */
    static final class Form {
        @Option(names = "--json", description = "Prints one JSON document.")
        private boolean json;

        @Option(names = "--quiet", description = "Prints only what is left or was refused.")
        private boolean quiet;

        Form() {}
    }

    @Override
    public Integer call() throws IOException {
        SweepReport report = stateDirectory
                .sweeper()
                .dryRun(dryRun)
                .runCommands(runCommands)
                .otherHosts(otherHosts)
                .build()
                .sweep();
        PrintWriter out = spec.commandLine().getOut();
        if (form.json) {
            out.println(ReportJson.of("atexit-sweep", dryRun, report));
        } else {
            new SweepLines(out, form.quiet, dryRun).print(report);
        }
        out.flush();
        return isLeft(report) ? LEFT : 0;
    }

    private static boolean isLeft(SweepReport report) {
        return report.count(SweepReport.State.LEFT)
                        + report.count(SweepReport.State.REFUSED)
                        + report.count(SweepReport.State.QUARANTINED)
                > 0;
    }
}
