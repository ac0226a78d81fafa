package dev.atexit.process.crash;

import dev.atexit.AtExit;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A small JVM of the same JDK, in a process group of its own where it is asked for, with its errors in a file. */
final class Child implements AutoCloseable {
    /** What programs say when they have begun. */
    static final String READY = "ready";

    /** Only so that a child that hangs does not hold the build. */
    private static final long PATIENCE_S = 120;

    /** What would make of a program another one than the test means. */
    static final List<String> FOREIGN = List.of(
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "_JAVA_OPTIONS",
            "ATEXIT_STATE_DIR",
            "ATEXIT_DURABLE",
            "ATEXIT_SWEEP",
            "ATEXIT_GUARDIAN");

    private final Process process;
    private final BufferedReader out;
    private final OutputStream in;
    private final Path errors;

    private Child(Process process, Path errors) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.getOutputStream();
        this.errors = errors;
    }

    /** Starts a command, which may be that of {@link #java}. */
    static Child start(Path errors, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        for (String variable : FOREIGN) {
            builder.environment().remove(variable);
        }
        return new Child(builder.start(), errors);
    }

    /** The command of a small JVM. */
    static List<String> java(Path state, List<String> options, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx64m",
                "-Datexit.state.dir=" + state));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Of the core and the programs. */
    static String classPath() {
        return place(AtExit.class) + File.pathSeparator + place(Child.class);
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    long pid() {
        return process.pid();
    }

    /** The next line, or null at the end. */
    @Nullable
    String readLine() throws IOException {
        return out.readLine();
    }

    /** Whether there is a line to be read. */
    boolean hasLine() throws IOException {
        return out.ready();
    }

    /** Waits for a line, past others; false if the child ended without it. */
    boolean awaitLine(String text) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals(text)) {
                return true;
            }
        }
        return false;
    }

    void tell(String line) throws IOException {
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    String ask(String line) throws IOException {
        tell(line);
        String answer = out.readLine();
        if (answer == null) {
            throw new AssertionError("the child has ended: " + errors());
        }
        return answer;
    }

    /** Tells it a last line. */
    void tellLast(String line) throws IOException {
        tell(line);
        in.close();
    }

    void kill() {
        process.destroyForcibly();
    }

    /** Waits for the end. */
    int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("process " + pid() + " did not end");
        }
        return process.exitValue();
    }

    /** What it wrote to standard error so far. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() throws IOException {
        kill();
        process.onExit().join();
        out.close();
    }
}
