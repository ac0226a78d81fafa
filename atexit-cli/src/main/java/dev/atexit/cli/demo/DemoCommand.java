package dev.atexit.cli.demo;

import dev.atexit.cli.output.Colour;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the parts of the demo in turn. */
@Command(
        name = "demo",
        description = "Runs real programs that end, and shows and checks how each of them cleans up.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final String ENOUGH = "run `atexit demo --list` to see what there is";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The parts to run; all of them if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--list", description = "Lists the parts and runs nothing.")
    private boolean list;

    /** Called by picocli. */
    public DemoCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            for (Part part : Parts.ALL) {
                out.println(Layout.column(part.name(), 12) + part.title());
            }
            out.flush();
            return 0;
        }
        Stage stage = new Stage(new Layout(out, Colour.isWanted()));
        for (Part part : chosen()) {
            stage.show(part);
        }
        return stage.finish() ? 0 : 1;
    }

    private List<Part> chosen() {
        if (names.isEmpty()) {
            return Parts.ALL;
        }
        List<Part> parts = new ArrayList<>();
        for (String name : names) {
            Part part = Parts.named(name);
            if (part == null) {
                throw new ParameterException(
                        spec.commandLine(), "no part of the demo is named '" + name + "'; " + ENOUGH);
            }
            parts.add(part);
        }
        return parts;
    }
}
