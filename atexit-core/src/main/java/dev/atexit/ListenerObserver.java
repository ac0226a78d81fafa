package dev.atexit;

import dev.atexit.internal.exit.ExitObserver;
import dev.atexit.internal.exit.Notice;
import dev.atexit.internal.exit.TaskResult;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a user's listener, in the public vocabulary, what the engine says. */
final class ListenerObserver implements ExitObserver {
    private final ExitListener listener;

    ListenerObserver(ExitListener listener) {
        this.listener = listener;
    }

    @Override
    public boolean wantsAll() {
        return true;
    }

    @Override
    public void on(Notice notice) {
        ExitEvent event = event(notice);
        if (event != null) {
            listener.on(event);
        }
    }

    private static @Nullable ExitEvent event(Notice notice) {
        TaskResult result = notice.result;
        Notice.Kind kind = notice.kind;
        if (result != null) {
            ExitReport.Entry entry = Reports.entry(result, null);
            if (kind == Notice.Kind.TIMED_OUT) {
                return new ExitEvent.HandlerTimedOut(entry);
            }
            return kind == Notice.Kind.LEFT_BEHIND
                    ? new ExitEvent.HandlerLeftBehind(entry, Stalls.stack(notice.stall), Stalls.lockWait(notice.stall))
                    : new ExitEvent.HandlerFinished(entry);
        }
        if (notice.summary != null) {
            return new ExitEvent.Ended(Reports.report(notice.summary));
        }
        if (kind == Notice.Kind.BEGAN) {
            return new ExitEvent.Began();
        }
        if (kind == Notice.Kind.STARTED) {
            return new ExitEvent.HandlerStarted(notice.label);
        }
        if (kind == Notice.Kind.STUCK) {
            return new ExitEvent.HandlerStuck(
                    notice.label,
                    Duration.ofNanos(notice.nanos),
                    Stalls.stack(notice.stall),
                    Stalls.lockWait(notice.stall),
                    Optional.ofNullable(notice.site));
        }
        if (kind == Notice.Kind.SKIPPED) {
            return new ExitEvent.HandlersSkipped(Reports.entries(notice.results));
        }
        return kind == Notice.Kind.WARNING ? new ExitEvent.Warning(notice.label) : null;
    }
}
