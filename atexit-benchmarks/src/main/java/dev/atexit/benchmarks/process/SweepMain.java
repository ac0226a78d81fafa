package dev.atexit.benchmarks.process;

import dev.atexit.durable.SweepReport;
import dev.atexit.durable.Sweeper;
import java.io.IOException;
import java.nio.file.Path;

/** Sweeps a state directory, and prints how many journals are swept, and how many nanoseconds that took. */
public final class SweepMain {
    private SweepMain() {}

    /** Sweeps. */
    public static void main(String[] args) throws IOException {
        long began = System.nanoTime();
        SweepReport report =
                Sweeper.builder().stateDirectory(Path.of(args[0])).build().sweep();
        long nanos = System.nanoTime() - began;
        System.out.println(report.count(SweepReport.State.SWEPT) + " " + nanos);
    }
}
