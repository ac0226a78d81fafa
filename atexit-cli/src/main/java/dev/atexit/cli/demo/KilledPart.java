package dev.atexit.cli.demo;

import dev.atexit.durable.SweepReport;
import dev.atexit.durable.Sweeper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** SIGKILL, and what others do about it. */
final class KilledPart implements Part {
    private static final int KILLED = 128 + 9;

    /** Nothing of the demo takes nearly as long. */
    private static final long BOUND_SECONDS = 60;

    private static final long POLL_MS = 2;
    private static final Path PROC = Path.of("/proc/self");

    @Override
    public String name() {
        return "killed";
    }

    @Override
    public String title() {
        return "kill -9: what the program owed is written down, and somebody else pays";
    }

    @Override
    public void play(Stage stage) throws IOException, InterruptedException {
        stage.code(
                "AtExit.configure(ExitPolicy.builder().guardian(true).build());   // the second time",
                "Path tree = new TempManager().createDirectory(\"work-\");",
                "PidFile.write(path);");
        stage.inDirectory(new Stage.DirectoryUse() {
            @Override
            public void in(Path directory) throws IOException, InterruptedException {
                sweep(stage, directory);
            }
        });
        if (!Files.isDirectory(PROC)) {
            stage.say("There is no " + PROC + " here, and without it no guardian.");
            return;
        }
        stage.inDirectory(new Stage.DirectoryUse() {
            @Override
            public void in(Path directory) throws IOException, InterruptedException {
                guard(stage, directory);
            }
        });
    }

    private static void sweep(Stage stage, Path directory) throws IOException, InterruptedException {
        List<Path> made = kill(stage, directory, false);
        stage.check("it was killed, and its tree and its pid file are still there", count(made) == 2);
        stage.say("Now somebody types `atexit sweep`, or the next program starts:");
        SweepReport report = sweeper(directory).sweep();
        List<String> lines = new ArrayList<>();
        for (SweepReport.Journal journal : report.journals()) {
            lines.addAll(journal.toString().lines().skip(1).map(String::strip).toList());
        }
        stage.show(lines);
        stage.check(
                "the sweep removed both, and nothing is left to do",
                count(made) == 0 && report.count(SweepReport.State.SWEPT) == 1 && isPaid(directory));
    }

    private static void guard(Stage stage, Path directory) throws IOException, InterruptedException {
        List<Path> made = kill(stage, directory, true);
        long killed = System.nanoTime();
        while (count(made) > 0 && System.nanoTime() - killed < TimeUnit.SECONDS.toNanos(BOUND_SECONDS)) {
            Thread.sleep(POLL_MS);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
        stage.check(
                "its guardian, a sleeping shell, removed both by itself; " + millis + " ms after the kill was seen",
                count(made) == 0);
        while (!isPaid(directory) && System.nanoTime() - killed < TimeUnit.SECONDS.toNanos(BOUND_SECONDS)) {
            Thread.sleep(POLL_MS);
        }
        stage.check("and left nothing for a sweep", isPaid(directory));
    }

    private static List<Path> kill(Stage stage, Path directory, boolean guardian)
            throws IOException, InterruptedException {
        Child program = stage.startDurable(state(directory), "killed", directory, guardian);
        program.awaitLine(Programs.READY);
        stage.say("Sending SIGKILL to process " + program.pid()
                + (guardian ? ", which has a guardian." : ", which has no guardian."));
        program.kill();
        program.await();
        stage.show(program);
        if (program.status() != KILLED) {
            throw new IOException("the program was not killed, but ended with status " + program.status());
        }
        List<Path> made = new ArrayList<>(List.of(directory.resolve("demo.pid")));
        for (String line : program.lines()) {
            if (line.startsWith(Programs.MADE)) {
                made.add(Path.of(line.substring(Programs.MADE.length())));
            }
        }
        return made;
    }

    private static long count(List<Path> paths) {
        return paths.stream()
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .count();
    }

    private static Path state(Path directory) {
        return directory.resolve("state");
    }

    private static Sweeper sweeper(Path directory) {
        return Sweeper.builder().stateDirectory(state(directory)).build();
    }

    private static boolean isPaid(Path directory) throws IOException {
        return sweeper(directory).list().journals().isEmpty();
    }
}
