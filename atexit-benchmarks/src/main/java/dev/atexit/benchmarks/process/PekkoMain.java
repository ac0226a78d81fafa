package dev.atexit.benchmarks.process;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.CoordinatedShutdown;

/** Pekko's {@code CoordinatedShutdown}: one task of one phase for each handler, and the actor system ends the program. */
public final class PekkoMain implements Supplier<CompletionStage<Done>> {
    private PekkoMain() {}

    @Override
    public CompletionStage<Done> get() {
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    /** Registers, then ends. */
    public static void main(String[] args) throws InterruptedException {
        int handlers = Ending.handlers(args);
        ActorSystem system = ActorSystem.create("benchmark");
        CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
        for (int i = 0; i < handlers; i++) {
            shutdown.addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "handler-" + i, new PekkoMain());
        }
        Ending.await(args);
        // Actors keep the program alive, so its end has to be asked for.
        System.exit(0);
    }
}
