package dev.atexit.internal.exit;

import java.io.IOException;

/** Takes the report of an exit. Implemented outside the engine, and found by name: most exits write none. */
public interface ReportSink {
    /**
     * Writes the report.
     *
     * @param path where to; {@code %p} stands for the process's number
     * @param exit what happened
     * @throws IOException if it could not be written
     */
    void write(String path, ExitSummary exit) throws IOException;
}
