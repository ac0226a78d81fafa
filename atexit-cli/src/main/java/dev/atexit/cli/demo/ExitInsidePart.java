package dev.atexit.cli.demo;

import java.io.IOException;

/** System.exit inside a handler. */
final class ExitInsidePart implements Part {
    @Override
    public String name() {
        return "exit-inside";
    }

    @Override
    public String title() {
        return "A handler that calls System.exit does not hold the program";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code("AtExit.register(\"calls System.exit\", () -> System.exit(99));");
        Child program = stage.run("exit-inside");
        stage.check(
                "the handler was left behind: System.exit never returns during an exit",
                program.has("[atexit] 'calls System.exit' called System.exit during the exit"));
        stage.check("the rest ran", program.has("the handler behind it runs all the same"));
        stage.check("the status is 3, with which the exit began, and not 99", program.status() == 3);
    }
}
