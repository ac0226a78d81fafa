package dev.atexit.process;

import dev.atexit.AtExit;
import dev.atexit.ExitGate;
import java.util.concurrent.CountDownLatch;

/** A program in a container that stops in a shutdown hook of its own. */
final class GateProgram {
    private static final long STOP_MS = 300;

    private final Container container = Container.valueOf(System.getProperty("container"));
    private ExitGate gate;
    private final CountDownLatch handlersDone = new CountDownLatch(1);

    /** How the container stops. */
    enum Container {
        /** Slowly, and then it passes the gate. */
        ORDERLY,
        /** Its hook dies before it comes to the gate. */
        DIES,
        /** It has no hook at all. */
        ABSENT,
        /** Its hook does not end before the handlers have run. */
        WAITS_FOR_HANDLERS,
        /** It passes the gate while the program lives. */
        PASSES_EARLY
    }

    public static void main(String[] args) throws Exception {
        new GateProgram().run(Ending.valueOf(args[0]));
    }

    private void run(Ending ending) throws Exception {
        Thread hook = new Thread(this::stop, "container");
        gate = ExitGate.register("stop of the container", () -> isExpected(hook));
        if (container == Container.PASSES_EARLY) {
            System.out.println("passed early: " + gate.pass());
        }
        if (container != Container.ABSENT) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
        AtExit.register("first", () -> {
            System.out.println("first handler");
            handlersDone.countDown();
        });
        AtExit.register("second", () -> System.out.println("second handler"));
        ending.perform();
    }

    private boolean isExpected(Thread hook) {
        return container != Container.ABSENT && hook.getState() != Thread.State.TERMINATED;
    }

    private void stop() {
        try {
            System.out.println("container stops");
            if (container == Container.WAITS_FOR_HANDLERS) {
                handlersDone.await();
            } else {
                // So that whoever does not wait for it is seen.
                Thread.sleep(STOP_MS);
            }
            System.out.println("container stopped");
            if (container == Container.DIES) {
                throw new IllegalStateException("the container could not be stopped");
            }
            AtExit.register("late", () -> System.out.println("handler registered while it stopped"));
            System.out.println("waited: " + gate.pass() + ", again: " + gate.pass());
        } catch (InterruptedException | IllegalStateException failed) {
            System.out.println("container failed");
        }
    }
}
