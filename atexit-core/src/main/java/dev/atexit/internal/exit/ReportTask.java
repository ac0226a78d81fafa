package dev.atexit.internal.exit;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the report of an exit on a thread of its own: a disk that does not answer must not hold the exit. */
final class ReportTask implements Runnable {
    private static final String SINK = "dev.atexit.internal.report.ReportFile";
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final @Nullable ReportSink given;
    private final String path;
    private final ExitSummary exit;

    // Written by one thread and read by another one that has waited for its end, or does not care.
    private volatile String failure = "it took too long";

    private ReportTask(@Nullable ReportSink given, String path, ExitSummary exit) {
        this.given = given;
        this.path = path;
        this.exit = exit;
    }

    /**
     * Returns what is to be said about it, and the empty text if it is written; after so long in any case.
     *
     * @param sink null for the library's own
     */
    static String write(@Nullable ReportSink sink, String path, ExitSummary exit, long boundNanos) {
        ReportTask task = new ReportTask(sink, path, exit);
        SystemThread thread = new SystemThread("atexit-report", task);
        if (thread.tryStart()) {
            boolean interrupted = false;
            try {
                thread.join(Math.max(1, boundNanos / NANOS_PER_MILLI));
            } catch (InterruptedException enough) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } else {
            task.run();
        }
        String failure = task.failure;
        return failure.isEmpty() ? "" : "the report could not be written to " + Text.escape(path) + ": " + failure;
    }

    @Override
    public void run() {
        try {
            ReportSink sink = given;
            if (sink == null) {
                sink = Class.forName(SINK)
                        .asSubclass(ReportSink.class)
                        .getConstructor()
                        .newInstance();
            }
            sink.write(path, exit);
            failure = "";
        } catch (IOException | ReflectiveOperationException | RuntimeException | Error failed) {
            failure = Text.describe(failed);
        }
    }
}
