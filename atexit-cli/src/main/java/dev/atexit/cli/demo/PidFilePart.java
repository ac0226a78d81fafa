package dev.atexit.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pid file and a second instance. */
final class PidFilePart implements Part {
    @Override
    public String name() {
        return "pid-file";
    }

    @Override
    public String title() {
        return "PidFile: one instance, and no stale file";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code("PidFile.write(path);");
        stage.inDirectory(new Stage.DirectoryUse() {
            @Override
            public void in(Path directory) throws IOException, InterruptedException {
                Path file = directory.resolve("demo.pid");
                Child first = stage.start("pid-file", file);
                first.awaitLine(Programs.READY);
                String written = Files.readString(file);
                stage.check("the file holds the pid of the program", written.equals(first.pid() + "\n"));
                Child second = stage.run("pid-file", file);
                stage.check(
                        "a second instance is refused, and told who holds it",
                        second.status() == 1 && second.has("PID file " + file + " already exists (pid " + first.pid()));
                first.terminate();
                first.await();
                stage.show(first);
                stage.check("the file is gone with the first one", Files.notExists(file));
            }
        });
    }
}
