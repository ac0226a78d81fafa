package dev.atexit.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The event {@code atexit.Exit}: from the beginning of the exit to its end. */
@Name("atexit.Exit")
@Label("Exit")
@Description("The program's exit: handlers, and what closes last")
@Category("atexit")
@StackTrace(false)
final class ExitFlight extends Event {
    @Label("Reason")
    @Nullable
    String reason;

    @Label("Clean")
    @Description("Whether everything ran and returned")
    boolean clean;

    @Label("Handlers")
    @Description("How many ran or were skipped, registries counted as one")
    int handlers;
}
