package dev.atexit.internal.exit;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens when the program ends: handlers, then what closes last, then the report. The thread that calls
 * {@link #run} becomes the watcher.
 */
final class ExitSequence {
    /** An exit that is over by then has no need to watch for a second signal. */
    private static final long WATCH_SIGNALS_NANOS = 500_000_000;

    /** What closes last gets so long even when the handlers have used up the deadline. */
    private static final long FINISH_NANOS = 400_000_000;

    private final ExitScope scope;
    private final @Nullable Reason simulated;
    private final Notifier notifier;
    private final SettingsReader reader = new SettingsReader();
    private final Settings settings;
    private final Unwinder unwinder;

    // Guarded by this.
    private @Nullable Reason reason;
    private @Nullable SecondSignal secondSignal;

    /**
     * Creates the sequence; its time begins now.
     *
     * @param simulated the reason to give for an exit that is not the JVM's, else null
     */
    ExitSequence(ExitScope scope, Clock clock, @Nullable Reason simulated) {
        this.scope = scope;
        this.simulated = simulated;
        this.settings = reader.resolve(scope.settings());
        this.notifier = new Notifier(scope.observer(), false);
        this.unwinder = new Unwinder(clock, notifier, settings.stuckNoticeNanos);
    }

    ExitSummary run(TaskSource handlers) {
        Thread guard = simulated == null ? ShutdownMonitor.queueGuard() : null;
        for (String warning : reader.warnings()) {
            notifier.deliver(Notice.warning(warning));
        }
        if (notifier.wantsAll()) {
            notifier.deliver(Notice.began());
        }
        if (simulated == null) {
            unwinder.alarm(new WatchSignals(this), WATCH_SIGNALS_NANOS);
        }
        if (guard != null) {
            ShutdownMonitor.awaitQueued(guard);
        }
        unwinder.runWatched(handlers, deadline());
        if (!scope.awaitReaper(Math.max(FINISH_NANOS, deadline() - unwinder.elapsed()))) {
            say("an action of an object that became unreachable is still running: left behind");
        }
        List<Task> finishers = scope.takeFinishers();
        if (!finishers.isEmpty()) {
            unwinder.runWatched(new Finishers(finishers), finishDeadline());
        }
        ExitSummary summary = unwinder.summary(notifier.wantsAll() ? reason() : null);
        if (notifier.wantsAll()) {
            notifier.deliver(Notice.over(summary));
        }
        if (simulated == null) {
            Thread last = ShutdownMonitor.queueGuard();
            if (last != null) {
                ShutdownMonitor.awaitQueued(last);
            }
        }
        return summary;
    }

    private long deadline() {
        return settings.deadlineNanos > 0 ? settings.deadlineNanos : Unwinder.NEVER;
    }

    private long finishDeadline() {
        return settings.deadlineNanos > 0
                ? Math.max(settings.deadlineNanos, unwinder.elapsed() + FINISH_NANOS)
                : Unwinder.NEVER;
    }

    /** Finds the reason when somebody asks for the first time: it costs more than an ordinary exit does. */
    synchronized Reason reason() {
        if (reason == null) {
            Reason found = simulated != null ? simulated : ReasonFinder.find();
            reason = found.kind == Reason.Kind.END_OF_MAIN && simulated == null
                    ? UncaughtTracker.refine(found)
                    : found;
        }
        return reason;
    }

    long timeLeftNanos() {
        return settings.deadlineNanos > 0 ? Math.max(0, settings.deadlineNanos - unwinder.elapsed()) : -1;
    }

    synchronized SecondSignal secondSignal() {
        if (secondSignal == null) {
            secondSignal = new SecondSignal(this, Boolean.TRUE.equals(settings.secondSignalHalts));
        }
        return secondSignal;
    }

    long elapsedNanos() {
        return unwinder.elapsed();
    }

    void say(String line) {
        notifier.deliver(Notice.warning(line));
    }

    String running() {
        return unwinder.running();
    }

    private static final class WatchSignals implements Runnable {
        private final ExitSequence sequence;

        WatchSignals(ExitSequence sequence) {
            this.sequence = sequence;
        }

        @Override
        public void run() {
            sequence.secondSignal().watch();
        }
    }

    /** What closes last, in the order in which it was asked for. */
    private static final class Finishers implements TaskSource {
        private final Iterator<Task> tasks;

        Finishers(List<Task> tasks) {
            this.tasks = tasks.iterator();
        }

        @Override
        public @Nullable Task take() {
            return tasks.hasNext() ? tasks.next() : null;
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

        @Override
        public void ended(Task task, @Nullable TaskResult result) {}

        @Override
        public int parallelism() {
            return 1;
        }
    }
}
