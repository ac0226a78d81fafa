package dev.atexit.internal.sweep;

import dev.atexit.internal.exit.SystemThread;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The last of what a command prints, read while it runs: so it never waits for somebody to read. What it leaves running may
 * print on; that is read to its end, too, and dropped.
 */
final class CommandOutput implements Runnable {
    /** So much is kept. */
    static final int MAX_BYTES = 4096;

    /** A command that has ended has written all there is; only somebody else can hold the pipe open. */
    private static final long PATIENCE_MS = 500;

    private final InputStream in;
    private final CountDownLatch end = new CountDownLatch(1);

    // Guarded by this.
    private final byte[] ring = new byte[MAX_BYTES];
    private long total;

    private CommandOutput(InputStream in) {
        this.in = in;
    }

    static CommandOutput of(Process process) {
        CommandOutput output = new CommandOutput(process.getInputStream());
        if (!SystemThread.startIfPossible("atexit-output", output)) {
            output.end.countDown();
        }
        return output;
    }

    @Override
    public void run() {
        byte[] part = new byte[MAX_BYTES];
        try {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                keep(part, read);
            }
        } catch (IOException closed) {
            // What was read until then is all there is.
            return;
        } finally {
            end.countDown();
        }
    }

    private synchronized void keep(byte[] part, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (total++ % MAX_BYTES)] = part[i];
        }
    }

    /** What there is when the command has ended, or shortly after; what is no UTF-8 is replaced. */
    String text() {
        boolean interrupted = false;
        try {
            end.await(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            interrupted = true;
        }
        String text = last();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return text;
    }

    private synchronized String last() {
        int length = (int) Math.min(total, MAX_BYTES);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = ring[(int) ((total - length + i) % MAX_BYTES)];
        }
        int from = 0;
        while (total > length && from < length && (bytes[from] & 0xc0) == 0x80) {
            // Not in the middle of a character.
            from++;
        }
        return new String(bytes, from, length - from, StandardCharsets.UTF_8);
    }
}
