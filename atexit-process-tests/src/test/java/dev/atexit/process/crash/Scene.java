package dev.atexit.process.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One directory for files and one for the state, with programs that owe, and shells that do the rest. */
final class Scene {
    /** Only so that what hangs does not hold the build. */
    private static final long PATIENCE_S = 120;

    private static final int EACH = 3;

    final Path root;
    final Path files;
    final Path state;
    final Path journals;

    Scene(Path root) throws IOException {
        this.root = root;
        this.files = Files.createDirectories(root.resolve("files"));
        this.state = root.resolve("state");
        this.journals = state.resolve("journals");
    }

    /** What a shell has to run for a program that owes three trees, three files and a pid file. */
    String debtor(String name, String... options) {
        return shellWords(
                Child.java(state, List.of(options), Debtor.class, files.toString(), name, Integer.toString(EACH)));
    }

    /** How many things a debtor owes. */
    static int owed() {
        return 2 * EACH + 1;
    }

    /** What a shell has to run to sweep once. */
    String sweeper() {
        return "echo sweep | " + shellWords(Child.java(state, List.of(), SweepProgram.class, state.toString()));
    }

    private static String shellWords(List<String> command) {
        StringBuilder line = new StringBuilder();
        for (String word : command) {
            line.append('\'').append(word).append("' ");
        }
        return line.toString();
    }

    /** Runs a program that owes, and is gone. */
    void owe(String name) throws IOException, InterruptedException {
        List<String> said = shell(debtor(name, "-Datexit.sweep=false") + "</dev/null || test $? = " + Debtor.HALTED);
        assertThat(said).containsExactly(Child.READY);
    }

    /** Sweeps once, and returns all that was said. */
    String sweep() throws IOException, InterruptedException {
        return String.join("\n", shell(sweeper()));
    }

    /** What is left of the debtors. */
    List<String> left() throws IOException {
        return left("");
    }

    /** The lock of a pid file stays for ever, and so does what tells who had it last. */
    static boolean isLock(Path path) {
        String name = path.toString();
        return name.endsWith(".pid.lock") || name.endsWith(".pid.lock.owner") || name.endsWith(".pid.lock.owner.new");
    }

    private List<String> left(String ending) throws IOException {
        List<String> left = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(files)) {
            for (Path path : stream) {
                String name = path.getFileName().toString();
                if (!isLock(path) && name.endsWith(ending)) {
                    left.add(name);
                }
            }
        }
        return left;
    }

    /** A file, of those that are left. */
    Path someFile() throws IOException {
        return files.resolve(left(".csv").get(0));
    }

    /** A tree, of those that are left. */
    Path someTree() throws IOException {
        for (String name : left("")) {
            if (Files.isDirectory(files.resolve(name))) {
                return files.resolve(name);
            }
        }
        throw new AssertionError("no tree in " + left());
    }

    /** The only journal. */
    Path journal() throws IOException {
        return only(".journal");
    }

    Path only(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(journals, "*" + ending)) {
            stream.forEach(found::add);
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** Runs a script in the root; returns what it printed, errors too. */
    List<String> shell(String script) throws IOException, InterruptedException {
        Path output = Files.createTempFile(root, "output", "");
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", script)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        for (String variable : Child.FOREIGN) {
            builder.environment().remove(variable);
        }
        Process shell = builder.start();
        try {
            boolean ended = shell.waitFor(PATIENCE_S, TimeUnit.SECONDS);
            List<String> lines = Files.readString(output).lines().toList();
            assertThat(ended).as("%s ended, and printed %s", script, lines).isTrue();
            assertThat(shell.exitValue()).as("%s printed %s", script, lines).isZero();
            return lines;
        } finally {
            shell.destroyForcibly();
            Files.delete(output);
        }
    }

    /** Whether a script ends well. */
    boolean can(String script) throws IOException, InterruptedException {
        return shell("(" + script + ") >/dev/null 2>&1 && echo yes || echo no").equals(List.of("yes"));
    }
}
