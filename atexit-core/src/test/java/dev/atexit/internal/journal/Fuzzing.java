package dev.atexit.internal.journal;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs Jazzer, in a JVM of its own that it may change as it likes. Arguments of the program: for how many seconds, and the
 * directory in which what is found is kept and where the next run begins.
 */
public final class Fuzzing {
    static final String READER = "dev.atexit.internal.journal.JournalReaderFuzz";
    static final String SWEEP = "dev.atexit.internal.sweep.SweepFuzz";

    private static final String DRIVER = "com.code_intelligence.jazzer.Jazzer";
    private static final int ONE_INPUT_SECONDS = 30;
    private static final int MAX_BYTES = 16 * 1024;

    private Fuzzing() {}

    /** How long the reader, and how long the sweep, of some seconds. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int seconds = Integer.parseInt(args[0]);
        Path work = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
        int sweep = seconds / 3;
        int status = run(READER, seconds - sweep, work);
        System.exit(status == 0 ? run(SWEEP, sweep, work) : status);
    }

    private static int run(String target, int seconds, Path work) throws IOException, InterruptedException {
        // Two in the same JVM would share what they have covered.
        return new ProcessBuilder(command(target, seconds, 0, work))
                .inheritIO()
                .start()
                .waitFor();
    }

    /**
     * The command.
     *
     * @param seed what its choices are made from; 0 for another one each time
     * @param work for what it finds
     */
    static List<String> command(String target, int seconds, int seed, Path work) throws IOException {
        Path found = Files.createDirectories(work.resolve(target.substring(target.lastIndexOf('.') + 1)));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Djava.io.tmpdir=" + work,
                "-cp",
                System.getProperty("java.class.path"),
                DRIVER,
                "--target_class=" + target,
                "--instrumentation_includes=dev.atexit.internal.**",
                "--custom_hook_includes=dev.atexit.internal.**",
                "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.FilePathTraversal",
                "--reproducer_path=" + found,
                "-artifact_prefix=" + found + File.separator,
                "-max_total_time=" + seconds,
                "-timeout=" + ONE_INPUT_SECONDS,
                "-max_len=" + MAX_BYTES,
                "-seed=" + seed,
                "-use_value_profile=1",
                "-print_final_stats=1",
                Files.createDirectories(found.resolve("corpus")).toString(),
                JournalSeeds.directory().toString()));
        return command;
    }
}
