package dev.atexit.benchmarks.process;

import com.google.common.io.Closer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Guava's {@code Closer}, closed by one hook of {@code Runtime}. */
public final class CloserMain extends Thread implements Closeable {
    private static final Closer CLOSER = Closer.create();

    private CloserMain() {}

    @Override
    public void close() {}

    @Override
    public void run() {
        try {
            CLOSER.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Registers, then ends. */
    public static void main(String[] args) throws InterruptedException {
        int handlers = Ending.handlers(args);
        Runtime.getRuntime().addShutdownHook(new CloserMain());
        for (int i = 0; i < handlers; i++) {
            CLOSER.register(new CloserMain());
        }
        Ending.await(args);
    }
}
