package dev.atexit.process.file;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A process that changes a tree while it is deleted. */
final class Attacker implements AutoCloseable {
    private static final String SCRIPT = "attacker.py";

    private final Process process;
    private final BufferedReader answers;
    private final PrintWriter orders;

    private Attacker(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    }

    /** Starts one that does {@code what}, see the script. */
    static Attacker start(Path directory, String what) throws IOException {
        Path script = directory.resolve(SCRIPT);
        try (InputStream source = Attacker.class.getResourceAsStream(SCRIPT)) {
            if (source == null) {
                throw new IOException("no " + SCRIPT + " on the class path");
            }
            Files.write(script, source.readAllBytes());
        }
        return new Attacker(new ProcessBuilder("python3", script.toString(), what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Skips the test where there is no python3. */
    static void assumePython() throws InterruptedException {
        int status;
        try {
            status = new ProcessBuilder("python3", "-c", "import ctypes")
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } catch (IOException notFound) {
            status = 127;
        }
        assumeTrue(status == 0, "there is no python3 with ctypes to attack with");
    }

    /** Begins a round; returns when the attack has begun. False if the machine does not let it. */
    boolean begin(Path round) throws IOException {
        orders.println(round);
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the attacker has died");
        }
        if (!answer.equals("begun")) {
            answers.readLine();
        }
        return answer.equals("begun");
    }

    /** Ends a round; returns how often the tree was changed. */
    int end(Path round) throws IOException {
        Files.createFile(round.resolve("stop"));
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the attacker has died");
        }
        return Integer.parseInt(answer);
    }

    @Override
    public void close() throws IOException {
        orders.close();
        answers.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
