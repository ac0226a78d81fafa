package dev.atexit.process.logging;

import dev.atexit.process.ChildJvm;
import dev.atexit.process.Ending;
import dev.atexit.process.logging.MatrixProgram.Way;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Every cell of the matrix many times, beside the same program without this library, and the table of what came of it. */
final class MatrixRun {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Path root;
    private final int runs;
    private final PrintStream progress;
    private int children;
    private int worst;

    private MatrixRun(Path root, int runs, PrintStream progress) {
        this.root = root;
        this.runs = runs;
        this.progress = progress;
    }

    /** Takes a directory, how many runs of each cell, and words that the names of cells have; ends with 1 if lines were lost. */
    public static void main(String[] args) throws Exception {
        MatrixRun run = new MatrixRun(Path.of(args[0]), Integer.parseInt(args[1]), System.err);
        System.out.println(
                "| framework | configuration | lines lost without: median, most | lines lost with: median, most"
                        + " | its own stop, ms | our close, ms | added, ms |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (Framework framework : Framework.values()) {
            for (Configuration configuration : Configuration.of(framework)) {
                if (args.length < 3 || (framework.title() + " " + configuration).contains(args[2])) {
                    System.out.println(run.row(framework, configuration));
                }
            }
        }
        System.exit(run.worst == 0 ? 0 : 1);
    }

    private String row(Framework framework, Configuration configuration) throws Exception {
        List<Long> lostWithout = new ArrayList<>();
        List<Long> lostWith = new ArrayList<>();
        List<Long> own = new ArrayList<>();
        List<Long> ours = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            for (Ending ending : MatrixCell.ENDINGS) {
                MatrixCell cell = new MatrixCell(framework, configuration, ending);
                lostWithout.add(lost(cell, Way.HOOKS, null));
                lostWith.add(lost(cell, Way.ATEXIT, ours));
            }
            lost(new MatrixCell(framework, configuration, Ending.END_OF_MAIN), Way.BY_HAND, own);
        }
        worst += (int) most(lostWith);
        progress.println(framework.title() + ", " + configuration + ": " + children + " programs so far");
        return "| " + framework.title() + " | " + configuration + " | " + median(lostWithout) + ", " + most(lostWithout)
                + " | " + median(lostWith) + ", " + most(lostWith) + " | " + millis(median(own)) + " | "
                + millis(median(ours)) + " | " + millis(median(ours) - median(own)) + " |";
    }

    /** Runs the program once; returns how many lines it lost, and adds how long it lived after its last handler. */
    private long lost(MatrixCell cell, Way way, List<Long> times) throws Exception {
        Path directory = Files.createDirectory(root.resolve(Integer.toString(children++)));
        ChildJvm.Builder program = cell.program(way, directory);
        if (way == Way.BY_HAND) {
            // Two would race: where there is such a switch, its own hook is off.
            program.property("log4j2.shutdownHookEnabled", "false").property("tinylog.autoshutdown", "false");
        }
        try (ChildJvm child = program.start()) {
            if (cell.ending().signal != null) {
                child.awaitLine(Ending.LINE);
                child.signal(cell.ending().signal);
            }
            ChildJvm.Ended ended = child.await();
            if (times != null) {
                times.add(child.nanosFrom(MatrixProgram.CLOSING));
            }
            int lost = LoggedLines.in(directory).lost().size();
            if (way == Way.ATEXIT && (lost > 0 || !ended.err().isEmpty())) {
                progress.println(cell + ": " + lost + " lines lost" + ended.all());
            }
            return lost;
        } finally {
            clear(directory);
        }
    }

    private static void clear(Path directory) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(directory)) {
            all = paths.sorted((a, b) -> b.compareTo(a)).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static long most(List<Long> values) {
        return values.stream().max(Long::compare).orElseThrow();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.0f", nanos / NANOS_PER_MILLI);
    }
}
