package dev.atexit.internal.flight;

import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** Never written. A periodic event is what the flight recorder asks for once more before it closes a recording. */
@Name("atexit.ExitGate")
@Label("Exit Gate")
@Description("Keeps the recording open until the exit is over; never written")
@Period("endChunk")
@StackTrace(false)
final class ExitGate extends Event {}
