package dev.atexit.process.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens in one round.
 *
 * @param seed what the program does
 * @param early whether the delay counts from the start of the JVM, and not from just before the first creation
 * @param guarded whether a guardian cleans up, and not a sweep
 */
record CrashPlan(int round, long seed, CrashKind kind, boolean guarded, boolean early, long delayNanos) {
    /** About as long as a JVM needs from its start to the first creation. */
    private static final long START_NANOS = 250_000_000;

    private static final double SHORTEST_NANOS = 100_000;
    private static final double LONGEST_NANOS = 250_000_000;
    private static final int EARLY_ONE_IN = 8;

    /** The same for the same seed; the first ones are the same however many there are. */
    static List<CrashPlan> all(long seed, int rounds) {
        Random random = new Random(seed);
        List<CrashPlan> plans = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            CrashKind kind = CrashKind.values()[round % CrashKind.values().length];
            boolean guarded = random.nextInt(3) == 0;
            boolean early = random.nextInt(EARLY_ONE_IN) == 0;
            long own = random.nextLong();
            double at = random.nextDouble();
            // Most of what can go wrong goes wrong in the first instants: each magnitude gets its share.
            long delay = early
                    ? (long) (at * START_NANOS)
                    : (long) (SHORTEST_NANOS * Math.pow(LONGEST_NANOS / SHORTEST_NANOS, at));
            plans.add(new CrashPlan(round, own, kind, guarded, early, delay));
        }
        return plans;
    }
}
