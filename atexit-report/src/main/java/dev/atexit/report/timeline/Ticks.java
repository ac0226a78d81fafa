package dev.atexit.report.timeline;

import java.util.ArrayList;
import java.util.List;

/** The round times on an axis. */
public final class Ticks {
    private Ticks() {}

    /**
     * Round times from 0 on.
     *
     * @param axisNanos where the axis ends
     * @param most how many parts it is divided into, at most
     * @return times that are as far from each other as 1, 2 or 5 of a power of ten is
     */
    public static List<Long> of(long axisNanos, int most) {
        long step = 1;
        int turn = 0;
        while (step * (double) most < axisNanos) {
            step = turn % 3 == 1 ? step / 2 * 5 : step * 2;
            turn++;
        }
        List<Long> ticks = new ArrayList<>();
        for (long at = 0; at <= axisNanos && at >= 0; at += step) {
            ticks.add(at);
        }
        return ticks;
    }
}
