package dev.atexit.process.crash;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Many rounds, and what came of them. */
final class CrashRun {
    private static final int SHOWN = 20;

    private final Map<CrashKind, Integer> kills = new EnumMap<>(CrashKind.class);
    private final List<String> bad = new ArrayList<>();
    private int rounds;
    private int guarded;
    private int early;
    private int owed;
    private int orphans;
    private int harm;
    private int trouble;

    private CrashRun() {}

    static CrashRun run(Path root, long seed, int rounds, PrintStream progress)
            throws IOException, InterruptedException {
        CrashRun run = new CrashRun();
        try (Arena arena = new Arena(root);
                Killer killer = new Killer()) {
            for (CrashPlan plan : CrashPlan.all(seed, rounds)) {
                run.add(CrashRound.run(plan, arena, killer), progress);
            }
            List<String> left = arena.endOfSibling();
            if (!left.isEmpty()) {
                run.orphans += left.size();
                run.bad.add("left of the sibling: " + left);
                progress.println(run.bad.get(run.bad.size() - 1));
            }
        }
        return run;
    }

    private void add(CrashRound.Result result, PrintStream progress) {
        CrashPlan plan = result.plan();
        rounds++;
        kills.merge(plan.kind(), 1, Integer::sum);
        guarded += plan.guarded() ? 1 : 0;
        early += plan.early() ? 1 : 0;
        owed += result.made();
        orphans += result.orphans().size();
        harm += result.harm().size();
        trouble += result.trouble().size();
        if (!result.isGood()) {
            bad.add(result.toString());
            progress.println(result);
        }
        if (rounds % 100 == 0) {
            progress.println("... " + this);
        }
    }

    boolean isGood() {
        return bad.isEmpty();
    }

    /** The first rounds that were not as they should be. */
    List<String> bad() {
        return bad.subList(0, Math.min(SHOWN, bad.size()));
    }

    @Override
    public String toString() {
        return "rounds " + rounds + " (" + guarded + " with a guardian, " + early
                + " before the first creation), kills "
                + kills + ", left by the dead " + owed + ", orphans " + orphans + ", wrong deletions " + harm
                + ", other trouble " + trouble;
    }

    /**
     * Arguments: an empty directory, a seed, how many programs to kill, how many sweepers to kill and to race, how many files
     * to make and remove. Ends with status 1 if anything was wrong.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path root = Path.of(args[0]);
        long seed = Long.parseLong(args[1]);
        int sweepers = Integer.parseInt(args[3]);
        long files = Long.parseLong(args[4]);
        CrashRun run = run(root.resolve("programs"), seed, Integer.parseInt(args[2]), out);
        out.println(run);
        boolean good = run.isGood();
        if (sweepers > 0) {
            try (Arena arena = new Arena(root.resolve("sweepers"))) {
                SweeperKills kills = new SweeperKills(arena);
                kills.kill(seed, sweepers);
                kills.pair(sweepers);
                out.println(kills);
                kills.bad().forEach(out::println);
                good &= kills.bad().isEmpty();
            }
        }
        if (files > 0) {
            long size = Churn.run(root, files);
            out.println(files + " files made and removed: a journal of " + size + " bytes");
            good &= size >= 0 && size <= Churn.MOST_BYTES;
        }
        System.exit(good ? 0 : 1);
    }
}
