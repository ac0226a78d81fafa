package dev.atexit.spring.boot;

import dev.atexit.ExitGate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;

/**
 * The place of the exit handlers among what Spring Boot does when the JVM ends. Its hook first closes all application
 * contexts and then calls its shutdown handlers, the latest first; the stop of logging is one of these.
 */
final class ShutdownSlot implements Runnable {
    // Both guarded by the class.
    private static @Nullable ExitGate gate;
    private static @Nullable ShutdownSlot taken;

    private final ExitGate opened;

    private ShutdownSlot(ExitGate opened) {
        this.opened = opened;
    }

    /** Takes the latest place there is, instead of one taken before: only one application registers the stop of logging. */
    static synchronized void take() {
        try {
            if (gate == null) {
                gate = ExitGate.register("stop of Spring Boot", new BootHook());
            }
            ShutdownSlot next = new ShutdownSlot(gate);
            SpringApplication.getShutdownHandlers().add(next);
            if (taken != null) {
                SpringApplication.getShutdownHandlers().remove(taken);
            }
            taken = next;
        } catch (IllegalStateException exitHasBegun) {
            // Then the place that was taken before counts, if there is one.
            return;
        }
    }

    @Override
    public void run() {
        opened.pass();
    }
}
