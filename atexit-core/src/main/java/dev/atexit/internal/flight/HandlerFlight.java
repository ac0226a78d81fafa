package dev.atexit.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The event {@code atexit.ExitHandler}: one handler, from its start to its end. */
@Name("atexit.ExitHandler")
@Label("Exit Handler")
@Description("One exit handler, or one entry of a registry")
@Category("atexit")
@StackTrace(false)
final class HandlerFlight extends Event {
    @Label("Name")
    @Nullable
    String name;

    @Label("Kind")
    @Nullable
    String kind;

    @Label("Outcome")
    @Description("ran, failed, timed out, left behind or skipped")
    @Nullable
    String outcome;

    @Label("Error")
    @Nullable
    String error;
}
