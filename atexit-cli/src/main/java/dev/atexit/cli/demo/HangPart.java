package dev.atexit.cli.demo;

import java.io.IOException;

/** Timeouts. */
final class HangPart implements Part {
    private static final String BEHIND = "the handler behind it runs all the same";

    @Override
    public String name() {
        return "hang";
    }

    @Override
    public String title() {
        return "A handler that hangs is interrupted, then left behind";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code("AtExit.register(\"hangs\", latch::await, Duration.ofMillis(300));");
        Child program = stage.run("hang");
        stage.check(
                "the deaf handler was left behind, with the place where it stands",
                program.has("[atexit] 'hangs, deaf' did not end within"));
        stage.check("the other one ended when it was interrupted", program.has("[atexit] 'hangs' timed out after"));
        stage.check(
                "the rest ran, and the program ended with status 0",
                program.hasInOrder(BEHIND) && program.status() == 0);
    }
}
