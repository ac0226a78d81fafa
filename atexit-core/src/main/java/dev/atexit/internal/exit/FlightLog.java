package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/**
 * Writes tasks into a recording of the JVM's flight recorder. Implemented outside the engine, and found by name where
 * there is a recording: to load one such event costs more than all the rest of an exit.
 */
public interface FlightLog {
    /** Makes sure that what happens during the exit gets into the recording. Called before the exit begins. */
    void prepare();

    /** The exit begins; its result is handed to {@link #endExit}. */
    Object beginExit();

    /** Everything has ended. */
    void endExit(Object begun, ExitSummary exit);

    /** A task is about to run on this thread; the result is handed to {@link #endTask}. */
    Object beginTask();

    /** A task has ended, or was left behind. */
    void endTask(@Nullable Object begun, TaskResult result);
}
