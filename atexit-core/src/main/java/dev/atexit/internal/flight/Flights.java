package dev.atexit.internal.flight;

import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.FlightLog;
import dev.atexit.internal.exit.Outcome;
import dev.atexit.internal.exit.TaskResult;
import dev.atexit.internal.exit.Text;
import java.util.List;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Writes the events. Found by the engine by its name, and only where the flight recorder is in use. */
public final class Flights implements FlightLog {
    private static final RecordingHold HOLD = new RecordingHold();

    // Guarded by the class.
    private static boolean prepared;

    /** Made by the engine. */
    public Flights() {}

    @Override
    public void prepare() {
        synchronized (Flights.class) {
            if (!prepared) {
                // While the recorder's hook is held nothing can be made known to it any more.
                FlightRecorder.register(ExitFlight.class);
                FlightRecorder.register(HandlerFlight.class);
                FlightRecorder.addPeriodicEvent(ExitGate.class, HOLD);
                prepared = true;
            }
        }
    }

    @Override
    public Object beginExit() {
        ExitFlight event = new ExitFlight();
        event.begin();
        return event;
    }

    @Override
    public void endExit(Object begun, ExitSummary exit) {
        ExitFlight event = (ExitFlight) begun;
        writeSkipped(exit.results);
        event.end();
        if (event.shouldCommit()) {
            event.reason = exit.reason == null ? null : exit.reason.text();
            event.clean = exit.isClean();
            event.handlers = exit.results.size() + exit.quiet;
            event.commit();
        }
        HOLD.release();
    }

    private static void writeSkipped(List<TaskResult> results) {
        for (TaskResult result : results) {
            if (!result.children.isEmpty()) {
                writeSkipped(result.children);
            } else if (result.outcome == Outcome.SKIPPED) {
                write(new HandlerFlight(), result);
            }
        }
    }

    @Override
    public Object beginTask() {
        HandlerFlight event = new HandlerFlight();
        event.begin();
        return event;
    }

    @Override
    public void endTask(@Nullable Object begun, TaskResult result) {
        if (begun instanceof HandlerFlight event) {
            event.end();
            write(event, result);
        }
    }

    private static void write(HandlerFlight event, TaskResult result) {
        if (event.shouldCommit()) {
            event.name = result.label;
            event.kind = result.noun;
            event.outcome = result.outcome.word;
            event.error = result.error == null ? null : Text.describe(result.error);
            event.commit();
        }
    }
}
