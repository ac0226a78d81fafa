package dev.atexit.process.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A shell that waits to send signals, so that none has to be started when it is time. */
final class Killer implements AutoCloseable {
    private final Process shell;
    private final OutputStream orders;

    Killer() throws IOException {
        shell = new ProcessBuilder("sh")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        orders = shell.getOutputStream();
    }

    void signal(String signal, long pid) throws IOException {
        order("kill -" + signal + " " + pid);
    }

    /** Kills a group; or its first process, which may not have founded it yet. */
    void killGroup(long group) throws IOException {
        order("kill -KILL -- -" + group + " || kill -KILL " + group);
    }

    private void order(String line) throws IOException {
        orders.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        orders.flush();
    }

    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
