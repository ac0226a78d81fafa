package dev.atexit.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The log file is complete. */
final class LoggerPart implements Part {
    @Override
    public String name() {
        return "logger";
    }

    @Override
    public String title() {
        return "Logging closes last: not one line of a handler is lost";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code("LoggingShutdown.register();", "Logger log = FileLoggers.open(file, \"app\", Level.INFO);");
        stage.inDirectory(new Stage.DirectoryUse() {
            @Override
            public void in(Path directory) throws IOException, InterruptedException {
                Path file = directory.resolve("app.log");
                stage.run("logger", file);
                List<String> lines = Files.readAllLines(file);
                stage.say("The first and the last line of the log file:");
                stage.show(List.of(lines.get(0), lines.get(lines.size() - 1)));
                stage.check("all 1,000 lines are in the file", lines.size() == 1000);
                stage.check(
                        "the last one was logged by the handler that ran last",
                        lines.get(lines.size() - 1).endsWith("handler 1 line 50"));
            }
        });
    }
}
