package dev.atexit.process.explain;

import dev.atexit.AtExit;
import dev.atexit.CleanupRegistry;
import dev.atexit.ExitPolicy;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/** A program with twenty handlers that take 50 ms each, and some that do not end well. */
final class FlightProgram {
    static final int HANDLERS = 20;

    private FlightProgram() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("deadline")) {
            AtExit.configure(
                    ExitPolicy.builder().deadline(Duration.ofMillis(1_500)).build());
            AtExit.register("never", () -> {});
            AtExit.register("hangs", FlightProgram::hang, Duration.ofHours(1));
            return;
        }
        if (args.length > 0 && args[0].equals("dump")) {
            AtExit.register("dumps", () -> {
                for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
                    recording.dump(Path.of(args[1]));
                }
            });
        }
        AtExit.register("fails", () -> {
            throw new IllegalStateException("x");
        });
        CleanupRegistry registry = new CleanupRegistry();
        registry.register("entry", () -> {});
        for (int i = 0; i < HANDLERS; i++) {
            AtExit.register("slow " + i, () -> Thread.sleep(50));
        }
    }

    private static void hang() {
        for (; ; ) {
            try {
                Thread.sleep(600_000);
            } catch (InterruptedException ignoredOnPurpose) {
                System.err.println("interrupted, goes on hanging");
            }
        }
    }
}
