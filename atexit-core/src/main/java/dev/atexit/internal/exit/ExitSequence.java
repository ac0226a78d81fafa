package dev.atexit.internal.exit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the program ends: handlers, then what closes last, then the report. The thread that calls
 * {@link #run} becomes the watcher.
 */
final class ExitSequence implements Runnable {
    /** After how long in one task it is named, where nobody has said anything. */
    static final long DEFAULT_STUCK_NOTICE_NANOS = 10_000_000_000L;

    /** An exit that is over by then has no need to watch for a second signal. */
    private static final long WATCH_SIGNALS_NANOS = 500_000_000;

    /** An exit that is over by then is not worth showing. */
    private static final long SHOW_NANOS = 300_000_000;

    /** What comes after the handlers gets so long even when they have used up the deadline. */
    private static final long FINISH_NANOS = 350_000_000;

    /** How long at the end for an observer that was slow; the exit must be over within a second of its deadline. */
    private static final long LAST_WORDS_NANOS = 150_000_000;

    /** The same where there is no deadline: a busy machine must not cost a line. */
    private static final long PATIENT_LAST_WORDS_NANOS = 2_000_000_000;

    /** How long for the display to be taken away where the end is near; a terminal may be stopped. */
    private static final long LAST_PICTURE_NANOS = 100_000_000;

    /** The same where it is not. */
    private static final long PATIENT_LAST_PICTURE_NANOS = 1_000_000_000;

    /** How long the report may take to be written where the end is near; a disk may not answer. */
    private static final long LAST_REPORT_NANOS = 250_000_000;

    /** The same where there is no deadline. */
    private static final long PATIENT_REPORT_NANOS = 10_000_000_000L;

    private final ExitScope scope;
    private final @Nullable Reason simulated;
    private final @Nullable EffectivePolicy policy;
    private final long deadlineNanos;
    private final Unwinder unwinder;

    // Guarded by this.
    private @Nullable Reason reason;
    private @Nullable SecondSignal secondSignal;

    // Used by the watcher.
    private boolean toShow;

    // Written by the watcher.
    private volatile @Nullable DisplayTask display;

    /**
     * Creates the sequence; its time begins now.
     *
     * @param simulated the reason to give for an exit that is not the JVM's, else null
     */
    ExitSequence(ExitScope scope, @Nullable Clock clock, @Nullable Reason simulated) {
        this.scope = scope;
        this.simulated = simulated;
        this.policy = scope.effectivePolicy();
        this.deadlineNanos = policy == null ? 0 : policy.deadlineNanos;
        long notice = policy == null ? DEFAULT_STUCK_NOTICE_NANOS : policy.stuckNoticeNanos;
        this.unwinder = new Unwinder(clock, scope.settings(), false, notice);
    }

    /** Runs handlers, then what closes last. */
    void run(TaskSource handlers, @Nullable Thread guard) {
        if (unwinder.wantsAll()) {
            unwinder.deliver(Notice.began());
        }
        if (policy != null) {
            for (String warning : policy.warnings) {
                unwinder.deliver(Notice.warning(warning));
            }
        }
        if (simulated == null) {
            if (policy != null && policy.display) {
                toShow = true;
                unwinder.alarm(this, SHOW_NANOS);
            }
            unwinder.alarm(this, WATCH_SIGNALS_NANOS);
        }
        Object flight = unwinder.flight == null ? null : unwinder.flight.beginExit();
        StatusGuard.awaitQueued(guard);
        unwinder.runWatched(handlers, deadline());
        long finish = finishDeadline();
        if (!scope.awaitReaper(Math.max(FINISH_NANOS / 2, deadline() - unwinder.elapsed()))) {
            say("an action of an object that became unreachable is still running: left behind");
        }
        List<Task> finishers = scope.takeFinishers();
        if (!finishers.isEmpty()) {
            unwinder.runWatched(new Finishers(finishers), finish);
        }
        if (unwinder.flight != null && flight != null) {
            unwinder.flight.endExit(flight, summary());
        }
        if (policy != null && policy.reportFile != null) {
            long left = deadlineNanos > 0 ? deadlineNanos - unwinder.elapsed() : PATIENT_REPORT_NANOS;
            report(summary(), Math.max(LAST_REPORT_NANOS, left));
        }
        endDisplay(true);
        if (unwinder.wantsAll()) {
            unwinder.deliver(Notice.over(summary()));
        }
        unwinder.drain(deadlineNanos > 0 ? LAST_WORDS_NANOS : PATIENT_LAST_WORDS_NANOS);
        if (simulated == null) {
            StatusGuard.awaitQueued(StatusGuard.queue());
        } else {
            unwinder.endNews();
        }
    }

    /** What has come of it so far. */
    ExitSummary summary() {
        return unwinder.summary(reason(), deadlineNanos, warnings());
    }

    private List<String> warnings() {
        return policy == null ? List.of() : policy.warnings;
    }

    private void report(ExitSummary exit, long boundNanos) {
        if (policy != null && policy.reportFile != null) {
            String failure = ReportTask.write(scope.reportSink(), policy.reportFile, exit, boundNanos);
            if (!failure.isEmpty()) {
                say(failure);
            }
        }
    }

    /** The program is ended at once: what is shown is taken away. */
    void clearBeforeHalt() {
        endDisplay(false);
    }

    /** The program is ended at once: what is known is written down. */
    void reportBeforeHalt() {
        if (policy != null && policy.reportFile != null) {
            report(Snapshot.of(unwinder, reason(), deadlineNanos, warnings()), LAST_REPORT_NANOS);
        }
    }

    /** The exit has taken so long that it is shown, if that is wanted; the next time, that a second signal is to be expected. */
    @Override
    public void run() {
        if (toShow) {
            toShow = false;
            display = DisplayTask.start(this);
        } else {
            secondSignal().watch();
        }
    }

    /** Takes the display away, if there is one, within a bound. */
    private void endDisplay(boolean sumUp) {
        DisplayTask shown = display;
        if (shown != null) {
            long left = deadlineNanos > 0 ? deadlineNanos - unwinder.elapsed() : PATIENT_LAST_PICTURE_NANOS;
            long bound = Math.max(LAST_PICTURE_NANOS, Math.min(left, PATIENT_LAST_PICTURE_NANOS));
            shown.end(sumUp ? summary() : null, bound);
        }
    }

    /** What there is to show now. */
    Progress progress() {
        return Progress.of(unwinder, deadlineNanos, secondSignal().hint());
    }

    private long deadline() {
        return deadlineNanos > 0 ? deadlineNanos : Unwinder.NEVER;
    }

    private long finishDeadline() {
        return deadlineNanos > 0 ? Math.max(deadlineNanos, unwinder.elapsed() + FINISH_NANOS) : Unwinder.NEVER;
    }

    /** Finds the reason when somebody asks for the first time: it costs more than an ordinary exit does. */
    synchronized Reason reason() {
        if (reason == null) {
            Reason found = simulated != null ? simulated : ReasonFinder.find();
            reason = found.kind == Reason.Kind.END_OF_MAIN && simulated == null ? UncaughtTracker.refine(found) : found;
        }
        return reason;
    }

    long timeLeftNanos() {
        return deadlineNanos > 0 ? Math.max(0, deadlineNanos - unwinder.elapsed()) : -1;
    }

    synchronized SecondSignal secondSignal() {
        if (secondSignal == null) {
            secondSignal = new SecondSignal(this, policy == null || policy.secondSignalHalts);
        }
        return secondSignal;
    }

    long elapsedNanos() {
        return unwinder.elapsed();
    }

    void say(String line) {
        unwinder.deliver(Notice.warning(line));
    }

    String running() {
        return unwinder.running();
    }

    /** What closes last, in the order in which it was asked for. */
    private static final class Finishers implements TaskSource {
        private final List<Task> tasks;
        private int taken;

        Finishers(List<Task> tasks) {
            this.tasks = tasks;
        }

        @Override
        public @Nullable Task take() {
            return taken < tasks.size() ? tasks.get(taken++) : null;
        }

        @Override
        public int left() {
            return tasks.size() - taken;
        }

        @Override
        public void cut() {}

        @Override
        public @Nullable Task takeSkipped() {
            return take();
        }

        @Override
        public boolean close() {
            return true;
        }
    }
}
