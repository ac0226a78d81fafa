package dev.atexit.process.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.file.FileTree;
import dev.atexit.process.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs {@link DeletionProgram} as a child, whose classes are where every user can read them. */
final class Deletion {
    /** Only so that a child that hangs does not hold the build. */
    private static final long LONG_S = 300;

    private final Path directory;
    private final String classPath;

    Deletion(Path directory) throws IOException {
        this.directory = directory;
        Path classes = Files.createDirectory(directory.resolve("classes"));
        String copied = "";
        for (Class<?> type : List.of(FileTree.class, DeletionProgram.class)) {
            Path to = classes.resolve(type.getSimpleName() + ".jar");
            copyClasses(type, to);
            copied = copied + to + ":";
        }
        classPath = copied;
        shell("chmod -R a+rX . && chmod a+rwx .");
    }

    /** A directory of classes, or a jar, wherever the build has it. */
    private static void copyClasses(Class<?> type, Path to) throws IOException {
        Path from = Path.of(ChildJvm.place(type));
        if (!Files.isDirectory(from)) {
            Files.copy(from, to);
            return;
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path copy = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /** The command of a child, to be put into a script. */
    String java(String options, String scenario, String path) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "'" + java + "' -Duser.language=ar -Duser.country=SA -cp '" + classPath + "' " + options + " "
                + DeletionProgram.class.getName() + " " + scenario + " " + path;
    }

    /** Runs a script in the directory; returns what it printed, errors too. */
    List<String> shell(String script) throws IOException {
        Path output = directory.resolve("output");
        Process shell = new ProcessBuilder("sh", "-ec", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean ended = shell.waitFor(LONG_S, TimeUnit.SECONDS);
            List<String> lines = new ArrayList<>(Files.readString(output, StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList());
            assertThat(ended).as("%s ended, and printed %s", script, lines).isTrue();
            assertThat(shell.exitValue()).as("%s printed %s", script, lines).isZero();
            return lines;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        } finally {
            shell.destroyForcibly();
        }
    }

    /** Whether a script ends well. */
    boolean can(String script) throws IOException {
        return shell("(" + script + ") >/dev/null 2>&1 && echo yes || echo no").equals(List.of("yes"));
    }

    /** Whether there is anything at a path; also one that Java cannot name. */
    boolean exists(String path) throws IOException {
        return can("ls -d " + path);
    }
}
