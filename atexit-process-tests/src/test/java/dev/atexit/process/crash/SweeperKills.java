package dev.atexit.process.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What is left where those who clean up are killed in their turn, or meet. */
final class SweeperKills {
    /** More than the sweeps after which a journal would be put aside. */
    private static final int MOST_KILLS_OF_ONE = 12;

    private static final int MUCH = 40;
    private static final int LITTLE = 5;
    private static final double SHORTEST_NANOS = 100_000;
    private static final double LONGEST_NANOS = 40_000_000;

    private final Arena arena;
    private final List<String> bad = new ArrayList<>();
    private int debts;
    private int kills;
    private int finished;
    private int pairs;

    SweeperKills(Arena arena) {
        this.arena = arena;
    }

    /** What was not as it should be. */
    List<String> bad() {
        return bad;
    }

    @Override
    public String toString() {
        return "sweepers killed " + kills + " (and " + finished + " that had finished), pairs of sweepers " + pairs
                + ", programs that owed " + debts + ", wrong " + bad.size();
    }

    /** Kills so many sweepers at random instants, a dozen over one debt at most, and has another one finish. */
    void kill(long seed, int times) throws IOException, InterruptedException {
        Random random = new Random(seed);
        while (kills < times) {
            owe(MUCH);
            for (int i = 0; i < MOST_KILLS_OF_ONE && kills < times && isOwed(); i++) {
                double at = random.nextDouble();
                killOne((long) (SHORTEST_NANOS * Math.pow(LONGEST_NANOS / SHORTEST_NANOS, at)));
                look("after a kill", arena.harm(Map.of()));
            }
            String swept = arena.sweep();
            look(swept, arena.harm(Map.of()));
            look(swept, arena.orphans(Map.of()));
            arena.clear();
        }
    }

    private boolean isOwed() throws IOException {
        return !arena.orphans(Map.of()).isEmpty();
    }

    private void killOne(long delayNanos) throws IOException {
        try (Sweeping sweeping = new Sweeping(arena.state, arena.logs.resolve("killed"))) {
            sweeping.awaitReady();
            long end = System.nanoTime() + delayNanos;
            sweeping.begin();
            for (long left = delayNanos; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (sweeping.hasAnswered()) {
                finished++;
            } else {
                kills++;
            }
        }
    }

    /** Has two sweepers begin at once, so many times. */
    void pair(int times) throws IOException, InterruptedException {
        try (Sweeping one = new Sweeping(arena.state, arena.logs.resolve("one"));
                Sweeping other = new Sweeping(arena.state, arena.logs.resolve("other"))) {
            one.awaitReady();
            other.awaitReady();
            for (int i = 0; i < times; i++) {
                owe(LITTLE);
                Sweeping first = i % 2 == 0 ? one : other;
                Sweeping second = first == one ? other : one;
                first.begin();
                second.begin();
                String swept = first.finish() + " and " + second.finish();
                pairs++;
                look(swept, arena.harm(Map.of()));
                look(swept, arena.orphans(Map.of()));
                arena.clear();
            }
        }
    }

    private void look(String when, List<String> wrong) {
        if (!wrong.isEmpty()) {
            bad.add("debt " + debts + ", " + when + ": " + wrong);
        }
    }

    private void owe(int much) throws IOException, InterruptedException {
        Path errors = arena.logs.resolve("debtor");
        List<String> options = List.of("-Datexit.guardian=false", "-Datexit.sweep=false");
        List<String> command = Child.java(
                arena.state, options, Debtor.class, arena.files.toString(), "" + debts++, Integer.toString(much));
        try (Child debtor = Child.start(errors, command)) {
            if (!debtor.awaitLine(Child.READY)) {
                throw new IOException("the debtor has ended: " + debtor.errors());
            }
            debtor.tellLast("halt");
            debtor.await();
        }
    }
}
