package dev.atexit.process;

import dev.atexit.AtExit;
import dev.atexit.CleanupRegistry;
import dev.atexit.ExitPolicy;
import dev.atexit.ExitReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the child JVMs of {@link RegistryTest} run. */
final class RegistryProgram {
    private static final CleanupRegistry REGISTRY = new CleanupRegistry("app");

    private RegistryProgram() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "order" -> order();
            case "timeout" -> timeout();
            case "exitInside" -> exitInside();
            case "exitInsideRunAll" -> exitInsideRunAll();
            case "deadline" -> deadline();
            case "skippedWhole" -> skippedWhole();
            case "signalDuringRunAll" -> signalDuringRunAll();
            case "parallel" -> parallel();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void note(String name, String... after) {
        REGISTRY.register(name, () -> say(name), o -> o.after(after));
    }

    private static void hang() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static void order() {
        note("close-db");
        note("stop-http", "drain");
        note("waits", "nobody");
        REGISTRY.register("bro\nken", () -> {
            throw new IllegalStateException("I\tFAIL");
        });
        note("drain");
        note("replaced");
        note("taken back");
        REGISTRY.unregister("taken back");
        note("replaced");
        AtExit.register(() -> say("newer handler"));
    }

    private static void timeout() {
        note("rest", "hangs");
        REGISTRY.register("hangs", RegistryProgram::hang, o -> o.timeout(Duration.ofMillis(200)));
    }

    private static void exitInside() {
        note("rest", "exits");
        REGISTRY.register("exits", () -> System.exit(9));
        System.exit(7);
    }

    private static void exitInsideRunAll() {
        AtExit.register(() -> {
            for (ExitReport.Entry entry : REGISTRY.entries()) {
                say(entry.name() + " " + entry.outcome());
            }
        });
        note("rest", "exits");
        REGISTRY.register("exits", () -> System.exit(3));
        // On top of the handler that lists the entries.
        AtExit.unregister(REGISTRY);
        note("first");
        REGISTRY.runAll();
        say("never said");
    }

    private static void deadline() {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(1)).build());
        note("last");
        note("waits", "hangs");
        // With a timeout beyond the deadline it uses up all there is.
        REGISTRY.register("hangs", RegistryProgram::hang, o -> o.timeout(Duration.ofMinutes(1)));
    }

    private static void skippedWhole() {
        AtExit.configure(ExitPolicy.builder().deadline(Duration.ofSeconds(1)).build());
        note("drain");
        note("stop", "drain");
        AtExit.register("hangs", RegistryProgram::hang, Duration.ofMinutes(1));
    }

    private static void signalDuringRunAll() {
        note("dependent", "slow");
        REGISTRY.register("slow", () -> {
            say("slow begins");
            while (!exitWaits()) {
                Thread.onSpinWait();
            }
            say("slow ends");
        });
        REGISTRY.runAll();
    }

    /** Whether the exit has come to the registry, and waits there. */
    private static boolean exitWaits() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().equals("atexit-runner"))
                .flatMap(e -> Stream.of(e.getValue()))
                .anyMatch(frame -> frame.getClassName().equals("dev.atexit.AwaitedEntry"));
    }

    private static void parallel() {
        CleanupRegistry together =
                CleanupRegistry.builder().name("together").parallelism(3).build();
        CyclicBarrier three = new CyclicBarrier(3);
        together.register("after all", () -> say("after all"), o -> o.after("p0", "p1", "p2"));
        for (int i = 0; i < 3; i++) {
            together.register("p" + i, () -> {
                three.await(60, TimeUnit.SECONDS);
                say("met");
            });
        }
        AtExit.register(() -> say("newer"));
    }
}
