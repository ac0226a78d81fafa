package dev.atexit.benchmarks.process;

import dev.atexit.file.TempManager;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/**
 * Creates and deletes a temporary file so many times: the first argument is a directory, each other one a number of times.
 * Prints the nanoseconds of processor time, per time, of the last of them.
 */
public final class TempLoopMain {
    private TempLoopMain() {}

    /** Runs the loops. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        TempManager temp = new TempManager();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double nanos = 0;
        for (int i = 1; i < args.length; i++) {
            int times = Integer.parseInt(args[i]);
            long began = threads.getCurrentThreadCpuTime();
            for (int j = 0; j < times; j++) {
                temp.delete(temp.createFile(directory, "loop-", ""));
            }
            nanos = (double) (threads.getCurrentThreadCpuTime() - began) / times;
        }
        System.out.println(nanos);
    }
}
