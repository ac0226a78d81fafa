package dev.atexit.process;

import dev.atexit.AtExit;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A JVM of its own, of the same JDK as the test, with the core and the tests on its class path. What it prints is read
 * line by line while it runs, so that it never waits for us. Closing it ends it.
 */
public final class ChildJvm implements AutoCloseable {
    /** Only so that a child that hangs does not hold the build: none needs more than a few seconds. */
    private static final long PATIENCE_S = 120;

    /** SIGHUP and SIGINT in a mask of the kernel. */
    private static final long HUP_AND_INT = 0b11;

    private final Process process;
    private final String what;
    private final long startedNanos = System.nanoTime();
    private final Thread outReader;
    private final Thread errReader;

    // Guarded by the list.
    private final List<Line> lines = new ArrayList<>();
    private int unread;

    private long signalledNanos;
    private long endedNanos;

    private ChildJvm(Process process, String what) {
        this.process = process;
        this.what = what;
        this.outReader = reader(process.getInputStream(), false);
        this.errReader = reader(process.getErrorStream(), true);
    }

    private record Line(boolean err, String text, long nanos) {}

    /** Prepares a child that runs a main class. */
    public static Builder running(Class<?> program, String... arguments) {
        return running(program.getName(), arguments);
    }

    /** Prepares a child that runs a main class which the tests do not have. */
    public static Builder running(String program, String... arguments) {
        return new Builder(program, List.of(arguments));
    }

    /** The directory or jar that a class came from. */
    public static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Thread reader(InputStream stream, boolean err) {
        Thread thread = new Thread(() -> read(stream, err), "reads " + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void read(InputStream stream, boolean err) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                add(new Line(err, text, System.nanoTime()));
            }
        } catch (IOException closed) {
            add(new Line(true, "(reading the child's output ended: " + closed + ")", System.nanoTime()));
        }
    }

    private void add(Line line) {
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until a line stands on either stream. */
    public void awaitLine(String text) throws InterruptedException {
        awaitLine("line '" + text + "'", text::equals);
    }

    /** Waits until a line that fits stands on either stream. */
    public void awaitLine(String description, Predicate<String> fits) throws InterruptedException {
        awaitLine(description, 0, line -> fits.test(line.text));
    }

    /** Waits for the next line of its standard output: the first one, then each that follows, in their order. */
    public String nextLine() throws InterruptedException {
        synchronized (lines) {
            int index = awaitLine("another line", unread, line -> !line.err);
            unread = index + 1;
            return lines.get(index).text;
        }
    }

    /** Waits for a line that fits, and returns where it stands; those before {@code from} are not looked at. */
    private int awaitLine(String description, int from, Predicate<Line> fits) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        int next = from;
        synchronized (lines) {
            for (; ; ) {
                boolean over = !process.isAlive() && !outReader.isAlive() && !errReader.isAlive();
                for (; next < lines.size(); next++) {
                    if (fits.test(lines.get(next))) {
                        return next;
                    }
                }
                long left = end - System.nanoTime();
                if (left <= 0 || over) {
                    throw new AssertionError((over ? "ended without " : "waited in vain for ") + description + this);
                }
                TimeUnit.NANOSECONDS.timedWait(lines, Math.min(left, TimeUnit.MILLISECONDS.toNanos(200)));
            }
        }
    }

    /** Sends a signal, {@code TERM} and the like, by its own pid; elapsed time counts from the first one. */
    public void signal(String name) throws IOException, InterruptedException {
        if (signalledNanos == 0) {
            signalledNanos = System.nanoTime();
        }
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("could not send SIG" + name + this);
        }
    }

    /** Writes a line to its standard input. */
    public void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for the end. */
    public Ended await() throws InterruptedException {
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end within " + PATIENCE_S + " s" + this);
        }
        endedNanos = System.nanoTime();
        outReader.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        errReader.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
        synchronized (lines) {
            return new Ended(process.exitValue(), lines(false), lines(true), endedNanos - beginOfEnd(), toString());
        }
    }

    /** How long it lived on after it had printed this line; only once it has ended. */
    public long nanosFrom(String text) {
        synchronized (lines) {
            for (Line line : lines) {
                if (line.text.equals(text)) {
                    return endedNanos - line.nanos;
                }
            }
        }
        throw new AssertionError("never printed '" + text + "'" + this);
    }

    /** When the end began: with the first signal, else with the line {@code ending}, else with the start. */
    private long beginOfEnd() {
        if (signalledNanos != 0) {
            return signalledNanos;
        }
        for (Line line : lines) {
            if (line.text.equals(Ending.LINE)) {
                return line.nanos;
            }
        }
        return startedNanos;
    }

    private List<String> lines(boolean err) {
        return lines.stream()
                .filter(line -> line.err == err && !line.text.equals(Ending.LINE))
                .map(Line::text)
                .toList();
    }

    /** Ends the child, if it has not ended by itself. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What the child has printed so far, for messages. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("\nchild: ").append(what);
        if (!process.isAlive()) {
            text.append("\nstatus: ").append(process.exitValue());
        }
        synchronized (lines) {
            for (Line line : lines) {
                text.append(line.err ? "\nerr| " : "\nout| ").append(line.text);
            }
        }
        return text.append('\n').toString();
    }

    /**
     * How a child ended.
     *
     * @param elapsedNanos from the first signal, or from the line {@code ending}, to the end
     * @param all everything about it, for messages
     */
    public record Ended(int status, List<String> out, List<String> err, long elapsedNanos, String all) {
        /** All that it has printed on its standard error. */
        public String errText() {
            return String.join("\n", err);
        }

        public double elapsedSeconds() {
            return elapsedNanos / 1e9;
        }
    }

    /** What a child is started with. */
    public static final class Builder {
        private final String program;
        private final List<String> arguments;
        private final List<String> prefix = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private String java =
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
        private @Nullable Path directory;
        private String classPath = place(AtExit.class) + File.pathSeparator + place(ChildJvm.class);

        private Builder(String program, List<String> arguments) {
            this.program = program;
            this.arguments = arguments;
        }

        /** Adds options of the JVM. */
        public Builder jvm(String... more) {
            options.addAll(List.of(more));
            return this;
        }

        public Builder property(String key, String value) {
            return jvm("-D" + key + "=" + value);
        }

        public Builder env(String key, String value) {
            environment.put(key, value);
            return this;
        }

        /** Has the child started by another command. */
        public Builder startedBy(String... command) {
            prefix.addAll(List.of(command));
            return this;
        }

        /** Has another JVM run it. */
        public Builder java(Path command) {
            java = command.toString();
            return this;
        }

        public Builder classPath(String path) {
            classPath = path;
            return this;
        }

        /** Has it run in a directory of its own. */
        public Builder in(Path workingDirectory) {
            directory = workingDirectory;
            return this;
        }

        public ChildJvm start() throws IOException {
            List<String> command = new ArrayList<>(prefix);
            if (prefix.isEmpty() && signalsAreIgnored()) {
                command.addAll(List.of("env", "--default-signal=HUP,INT"));
            }
            command.add(java);
            command.addAll(List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Dfile.encoding=UTF-8",
                    "-Dstdout.encoding=UTF-8",
                    "-Dstderr.encoding=UTF-8"));
            command.addAll(options);
            command.addAll(List.of("-cp", classPath, program));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command);
            for (String inherited : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")) {
                builder.environment().remove(inherited);
            }
            builder.environment().putAll(environment);
            if (directory != null) {
                builder.directory(directory.toFile());
            }
            return new ChildJvm(builder.start(), program + " " + String.join(" ", arguments) + " " + options);
        }

        /** Runs the child until it ends by itself. */
        public Ended run() throws IOException, InterruptedException {
            try (ChildJvm child = start()) {
                return child.await();
            }
        }

        /** Runs the child until it ends in this way, which is by itself or by a signal that is sent when it is ready. */
        public Ended run(Ending ending) throws IOException, InterruptedException {
            try (ChildJvm child = start()) {
                if (ending.signal != null) {
                    child.awaitLine(Ending.LINE);
                    child.signal(ending.signal);
                }
                return child.await();
            }
        }

        /** Whether the build was started with signals ignored, by nohup or as a shell's background job: JVMs inherit it. */
        private static boolean signalsAreIgnored() throws IOException {
            Path status = Path.of("/proc/self/status");
            if (Files.isReadable(status)) {
                for (String line : Files.readAllLines(status)) {
                    if (line.startsWith("SigIgn:")) {
                        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & HUP_AND_INT) != 0;
                    }
                }
            }
            return false;
        }
    }
}
