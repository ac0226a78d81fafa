package dev.atexit.process.explain;

import dev.atexit.AtExit;
import dev.atexit.CleanupRegistry;
import dev.atexit.ExitPolicy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A program whose exit takes a while, or not. What it does last is registered first. */
final class ShownProgram {
    private static final long SLOW_MS = 1_500;

    private ShownProgram() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "slow" -> {
                AtExit.register("last", () -> {});
                AtExit.register("data\u001b[2Jbase", () -> Thread.sleep(SLOW_MS), Duration.ofSeconds(60));
                for (int i = 0; i < 5; i++) {
                    AtExit.register("quick " + i, () -> {});
                }
            }
            case "fails" -> {
                AtExit.register("slow", () -> Thread.sleep(SLOW_MS));
                AtExit.register("speaks", () -> {
                    Thread.sleep(SLOW_MS);
                    System.out.print("half a line");
                    throw new IllegalStateException("no");
                });
            }
            case "parallel" -> {
                CleanupRegistry registry =
                        CleanupRegistry.builder().name("parts").parallelism(4).build();
                for (int i = 0; i < 4; i++) {
                    registry.register("part " + i, () -> Thread.sleep(SLOW_MS));
                }
                registry.register("quick", () -> {});
            }
            case "listens" -> {
                AtExit.configure(
                        ExitPolicy.builder().display(true).listener(event -> {}).build());
                AtExit.register("slow", () -> Thread.sleep(SLOW_MS));
            }
            case "forever" -> AtExit.register("never ends", () -> new CountDownLatch(1).await());
            case "quick" -> AtExit.register("quick", () -> {});
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("ready");
        if (args.length > 1) {
            new CountDownLatch(1).await();
        }
    }
}
