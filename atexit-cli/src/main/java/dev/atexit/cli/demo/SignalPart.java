package dev.atexit.cli.demo;

import java.io.IOException;

/** TERM with a status of choice. */
final class SignalPart implements Part {
    @Override
    public String name() {
        return "signal";
    }

    @Override
    public String title() {
        return "SIGTERM: handlers run, and the exit status is yours";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code("Signals.exitStatus(\"TERM\", 0);");
        Child program = stage.start("term");
        program.awaitLine(Programs.READY);
        stage.say("Sending SIGTERM to process " + program.pid() + ".");
        program.terminate();
        program.await();
        stage.show(program);
        stage.check("the handler ran and knew the reason", program.has("handler: the program ends because of SIGTERM"));
        stage.check("the status is 0, as the program asked, and not 143", program.status() == 0);
    }
}
