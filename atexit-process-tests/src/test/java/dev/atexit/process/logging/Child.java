package dev.atexit.process.logging;

import dev.atexit.logging.LoggingShutdown;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, of the same JDK as the test. */
final class Child {
    private static final long PATIENCE_S = 120;
    private static final long SIGINT_BIT = 1L << 1;

    final int status;
    final String err;

    private Child(int status, String err) {
        this.status = status;
        this.err = err;
    }

    /** Runs a program to its end; with a signal, sends that when the program waits for it. */
    static Child run(Class<?> program, Path directory, List<String> jvmOptions, String signal, List<String> steps)
            throws Exception {
        List<String> command = new ArrayList<>();
        if (interruptIsIgnored()) {
            command.add("env");
            command.add("--default-signal=INT");
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xshare:auto");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Djava.util.logging.SimpleFormatter.format=%5$s%n");
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(place(LoggingShutdown.class) + File.pathSeparator + place(Child.class));
        command.add(program.getName());
        command.add(directory.toString());
        command.addAll(steps);
        Path err = directory.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            if (!signal.isEmpty()) {
                awaitReady(process, err);
                new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .inheritIO()
                        .start()
                        .waitFor();
            }
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                throw new AssertionError("did not end within " + PATIENCE_S + " s: " + Files.readString(err));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return new Child(process.exitValue(), Files.readString(err, StandardCharsets.UTF_8));
    }

    private static void awaitReady(Process process, Path err) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (!"ready".equals(line)) {
            throw new AssertionError("not ready: " + line + ", " + Files.readString(err));
        }
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    /** Whether the one who started the build ignores SIGINT, as a shell's background jobs do; a JVM would inherit it. */
    private static boolean interruptIsIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("SigIgn:")) {
                    return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & SIGINT_BIT) != 0;
                }
            }
        }
        return false;
    }
}
