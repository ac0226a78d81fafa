package dev.atexit.cli.demo;

import java.io.IOException;

/** Scopes. */
final class ExitStackPart implements Part {
    @Override
    public String name() {
        return "exit-stack";
    }

    @Override
    public String title() {
        return "ExitStack: like nested try-with-resources, however many there are";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code(
                "try (ExitStack stack = new ExitStack()) {",
                "    stack.enter(...);  stack.enter(...);  stack.callback(...);",
                "    throw new IllegalStateException(\"the body fails\");",
                "}");
        Child program = stage.run("exit-stack");
        stage.check(
                "closed in reverse order, past the resource that did not close",
                program.hasInOrder("in the block", "called first", "closed last", "caught:"));
        stage.check(
                "the body's exception won, and the other one is not lost",
                program.hasInOrder("caught: the body fails", "suppressed: the second resource does not close"));
    }
}
