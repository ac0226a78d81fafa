package dev.atexit;

import dev.atexit.internal.exit.Notice;
import dev.atexit.internal.exit.StderrObserver;
import dev.atexit.internal.exit.TaskResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The default listener, to be called from others. */
final class StandardErrorListener implements ExitListener {
    static final StandardErrorListener INSTANCE = new StandardErrorListener();

    private final StderrObserver printer = new StderrObserver();

    private StandardErrorListener() {}

    @Override
    public void on(ExitEvent event) {
        Notice notice = notice(event);
        if (notice != null) {
            printer.on(notice);
        }
    }

    private static @Nullable Notice notice(ExitEvent event) {
        if (event instanceof ExitEvent.Warning warning) {
            return Notice.warning(warning.message());
        }
        if (event instanceof ExitEvent.HandlerFinished finished) {
            return ended(Notice.Kind.FINISHED, finished.entry());
        }
        if (event instanceof ExitEvent.HandlerTimedOut timedOut) {
            return ended(Notice.Kind.TIMED_OUT, timedOut.entry());
        }
        if (event instanceof ExitEvent.HandlerLeftBehind leftBehind) {
            return ended(Notice.Kind.LEFT_BEHIND, leftBehind.entry());
        }
        if (event instanceof ExitEvent.HandlerStuck stuck) {
            return Notice.stuck(
                    stuck.name(),
                    stuck.elapsed().toNanos(),
                    Stalls.stall(stuck.stack(), stuck.lockWait()),
                    stuck.site().orElse(null));
        }
        if (event instanceof ExitEvent.HandlersSkipped skipped) {
            List<TaskResult> results = new ArrayList<>();
            for (ExitReport.Entry entry : skipped.entries()) {
                if (entry.result != null) {
                    results.add(entry.result);
                }
            }
            return Notice.skipped(results);
        }
        return null;
    }

    private static @Nullable Notice ended(Notice.Kind kind, ExitReport.Entry entry) {
        return entry.result == null ? null : Notice.ended(kind, entry.result);
    }
}
