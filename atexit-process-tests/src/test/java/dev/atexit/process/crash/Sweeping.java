package dev.atexit.process.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process that sweeps as often as it is told. */
final class Sweeping implements AutoCloseable {
    private final Child child;

    Sweeping(Path state, Path errors) throws IOException {
        child = Child.start(errors, Child.java(state, List.of(), SweepProgram.class, state.toString()));
    }

    void awaitReady() throws IOException {
        if (!child.awaitLine(Child.READY)) {
            throw new IOException("the sweeping process has ended: " + child.errors());
        }
    }

    /** Sweeps, and returns what came of it in one line. */
    String sweep() throws IOException {
        begin();
        return finish();
    }

    void begin() throws IOException {
        child.tell(SweepProgram.SWEEP);
    }

    /** Whether the sweep that was begun last has ended. */
    boolean hasAnswered() throws IOException {
        return child.hasLine();
    }

    String finish() throws IOException {
        String line = child.readLine();
        if (line == null) {
            throw new IOException("the sweeping process has ended: " + child.errors());
        }
        return line;
    }

    @Override
    public void close() throws IOException {
        child.close();
    }
}
