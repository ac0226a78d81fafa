package dev.atexit.cli.demo;

import java.io.IOException;

/** Order, the decorator, a failing handler. */
final class OrderPart implements Part {
    @Override
    public String name() {
        return "order";
    }

    @Override
    public String title() {
        return "Exit handlers: last in, first out, and a broken one stops nobody";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code(
                "AtExit.register(\"first registered\", () -> say(...));",
                "AtExit.register(\"broken\", () -> { throw new IllegalStateException(...); });",
                "AtExit.register(Programs::say, \"...\");                // with its argument",
                "AtExit.register(\"unregistered\", () -> say(...)).unregister();",
                "AtExit.registerAnnotated(Annotated.class);             // its methods marked with @OnExit");
        Child program = stage.run("order");
        stage.check(
                "handlers ran in reverse order of registration, after main had ended",
                program.hasInOrder("main ends", "runs first", "runs second", "[atexit] handler 'broken'", "runs last"));
        stage.check("what was unregistered did not run", !program.has("never runs"));
        stage.check("the failure was printed, and the exit status is still 0", program.status() == 0);
    }
}
