package dev.atexit.cli.demo;

import dev.atexit.AtExit;
import dev.atexit.Registration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program that runs in a JVM of its own. What it prints is kept, both streams in one. */
final class Child {
    /** No program of the demo takes nearly as long. */
    private static final long BOUND_SECONDS = 60;

    private final Process process;
    private final Thread reader;

    /** No program outlives the demo, however that ends. */
    private final Registration cleanup;

    // Guarded by itself.
    private final List<String> lines = new ArrayList<>();

    private boolean closed;

    private Child(Process process) {
        this.process = process;
        this.cleanup = AtExit.register("end program " + process.pid(), process::destroyForcibly);
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a program of {@link Programs}.
     *
     * @param state where it writes down what it owes; null for one that owes nothing once it has ended
     */
    static Child start(@Nullable Path state, String program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+UseSerialGC");
        command.add(state == null ? "-Datexit.durable=false" : "-Datexit.state.dir=" + state);
        command.add("-Datexit.sweep=false");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Programs.class.getName());
        command.add(program);
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Child(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (InputStream in = process.getInputStream();
                BufferedReader text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                add(line);
            }
        } catch (IOException broken) {
            add("(its output broke off: " + broken.getMessage() + ")");
        } finally {
            synchronized (lines) {
                closed = true;
                lines.notifyAll();
            }
        }
    }

    private void add(String line) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }

    /** Waits until the program has printed a line that is, or begins with, this one. */
    void awaitLine(String beginning) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BOUND_SECONDS);
        synchronized (lines) {
            while (!has(beginning)) {
                long left = end - System.nanoTime();
                if (closed || left <= 0) {
                    throw new IOException("the program did not print '" + beginning + "', but " + lines);
                }
                TimeUnit.NANOSECONDS.timedWait(lines, left);
            }
        }
    }

    /** Sends SIGTERM, and goes on listening: {@code Process.destroy} would close the streams. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends SIGKILL, which no program can see coming. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Waits for the end of the program and of its output. */
    void await() throws IOException, InterruptedException {
        if (!process.waitFor(BOUND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the program did not end within " + BOUND_SECONDS + " s; it printed " + lines());
        }
        cleanup.unregister();
        reader.join(TimeUnit.SECONDS.toMillis(BOUND_SECONDS));
    }

    /** 128 + the signal's number for a program that a signal ended. */
    int status() {
        return process.exitValue();
    }

    long pid() {
        return process.pid();
    }

    List<String> lines() {
        synchronized (lines) {
            return new ArrayList<>(lines);
        }
    }

    List<String> linesWithoutFrames() {
        List<String> kept = lines();
        kept.removeIf(line -> line.startsWith("\tat ") || line.startsWith("\t... "));
        return kept;
    }

    /** Whether it printed a line that is, or begins with, this one. */
    boolean has(String beginning) {
        return lines().stream().anyMatch(line -> line.startsWith(beginning));
    }

    /** Whether it printed these lines in this order, perhaps with others between them. */
    boolean hasInOrder(String... beginnings) {
        int found = 0;
        for (String line : lines()) {
            if (found < beginnings.length && line.startsWith(beginnings[found])) {
                found++;
            }
        }
        return found == beginnings.length;
    }
}
