package dev.atexit.process.crash;

import dev.atexit.process.crash.CrashProgram.When;
import dev.atexit.process.crash.Testimony.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Starts a {@link CrashProgram}, ends it as it was planned, has it cleaned up after, and looks. */
final class CrashRound {
    /** Only so that a guardian that does nothing does not hold the test. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final String CLEANED_UP = "cleaned up after";
    private static final int KILLED = 128 + 9;
    private static final int ABORTED = 128 + 6;
    private static final int FAULTED = 128 + 11;
    private static final int TERMINATED = 128 + 15;
    private static final int HALTED = 9;
    private static final int OUT_OF_MEMORY = 3;

    private final CrashPlan plan;
    private final Arena arena;
    private final Killer killer;
    private final Path testimony;
    private final Path errors;

    /**
     * What came of it.
     *
     * @param orphans what should be gone
     * @param harm what should not be
     * @param trouble what else was not as it should be
     */
    record Result(CrashPlan plan, List<String> orphans, List<String> harm, List<String> trouble, int made) {
        boolean isGood() {
            return orphans.isEmpty() && harm.isEmpty() && trouble.isEmpty();
        }
    }

    private CrashRound(CrashPlan plan, Arena arena, Killer killer) {
        this.plan = plan;
        this.arena = arena;
        this.killer = killer;
        this.testimony = arena.logs.resolve("testimony-" + plan.round());
        this.errors = arena.logs.resolve("errors-" + plan.round());
    }

    static Result run(CrashPlan plan, Arena arena, Killer killer) throws IOException, InterruptedException {
        return new CrashRound(plan, arena, killer).run();
    }

    private Result run() throws IOException, InterruptedException {
        List<String> trouble = new ArrayList<>();
        try (Child child = start()) {
            end(child);
            int status = child.await();
            if (!isExpected(status)) {
                trouble.add("ended with status " + status);
            }
            boolean mayComplain = plan.kind() == CrashKind.TERM_AND_KILL;
            for (String line : child.errors().split("\n")) {
                if (line.contains("Exception")
                        || (line.startsWith("[atexit]") && !line.contains(CLEANED_UP) && !mayComplain)) {
                    trouble.add("said " + line);
                }
            }
        }
        int left = arena.orphans(Map.of()).size();
        Map<Path, Fate> fates = Testimony.read(testimony);
        // Before its guardian has started a program has none: then it is for a sweep.
        boolean mustBeGuarded = plan.guarded() && !plan.early();
        String swept = mustBeGuarded ? "no sweep" : arena.sweep();
        List<String> orphans = plan.guarded() ? awaitNoOrphans(fates) : arena.orphans(fates);
        List<String> harm = arena.harm(fates);
        if (!orphans.isEmpty()) {
            trouble.add(swept);
        }
        arena.clear();
        Files.deleteIfExists(testimony);
        Files.deleteIfExists(errors);
        return new Result(plan, orphans, harm, trouble, left);
    }

    private Child start() throws IOException {
        // Without a file for the memory of the dead, and with a group of its own.
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", "ulimit -c 0; exec \"$@\"", "sh"));
        List<String> options = new ArrayList<>(
                List.of("-XX:ErrorFile=" + arena.logs.resolve("hs_err.log"), "-Datexit.guardian=" + plan.guarded()));
        if (plan.kind() == CrashKind.OUT_OF_MEMORY) {
            options.addAll(List.of("-Xmx24m", "-XX:+ExitOnOutOfMemoryError"));
        }
        When when = plan.early() ? When.AT_START : plan.guarded() ? When.WHEN_TOLD : When.WHEN_READY;
        command.addAll(Child.java(
                arena.state,
                options,
                CrashProgram.class,
                arena.files.toString(),
                testimony.toString(),
                Integer.toString(plan.round()),
                Long.toString(plan.seed()),
                plan.kind().name(),
                when.name(),
                Long.toString(plan.delayNanos())));
        return Child.start(errors, command);
    }

    private void end(Child child) throws IOException {
        if (!plan.early()) {
            if (!child.awaitLine(Child.READY)) {
                return;
            }
            if (plan.guarded()) {
                awaitGuardian(child);
            }
        }
        if (plan.kind().isOwnDoing()) {
            if (plan.guarded() && !plan.early()) {
                child.tell("go");
            }
            return;
        }
        pause(plan.delayNanos());
        switch (plan.kind()) {
            case KILL -> child.kill();
            case GROUP_KILL -> killer.killGroup(child.pid());
            case SEGV -> killer.signal("SEGV", child.pid());
            case TERM_AND_KILL -> {
                killer.signal("TERM", child.pid());
                pause(plan.delayNanos() / 4);
                child.kill();
            }
            default -> throw new IllegalArgumentException(plan.toString());
        }
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Until there is a process that the program's group will not take with it. */
    private void awaitGuardian(Child child) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            Optional<ProcessHandle> parent = ProcessHandle.of(child.pid());
            if (parent.isEmpty()) {
                return;
            }
            for (ProcessHandle each : parent.get().children().toList()) {
                if (session(each.pid()) == each.pid()) {
                    return;
                }
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("no guardian of " + plan + ": " + child.errors());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** The session of a process; -1 if it has ended. */
    private static long session(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // State, parent, group, session.
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
        } catch (IOException ended) {
            return -1;
        }
    }

    private List<String> awaitNoOrphans(Map<Path, Fate> fates) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            List<String> orphans = arena.orphans(fates);
            if (orphans.isEmpty() || System.nanoTime() - end > 0) {
                return orphans;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private boolean isExpected(int status) {
        return switch (plan.kind()) {
            case KILL, GROUP_KILL -> status == KILLED;
            case HALT -> status == HALTED;
            case SEGV -> status == ABORTED || status == FAULTED;
            case OUT_OF_MEMORY -> status == OUT_OF_MEMORY;
            case TERM_AND_KILL -> status == KILLED || status == TERMINATED;
        };
    }
}
