package dev.atexit.internal.exit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that count for an exit. */
final class EffectivePolicy {
    static final String DEADLINE = "atexit.deadline";
    static final String STUCK_NOTICE = "atexit.stuck.notice";
    static final String SECOND_SIGNAL = "atexit.second.signal";
    static final String TRACK_UNCAUGHT = "atexit.track.uncaught";
    static final String REPORT = "atexit.report";
    static final String DISPLAY = "atexit.display";
    static final String SITES = "atexit.sites";

    /** The bound of the whole exit; 0 for none. */
    final long deadlineNanos;

    /** After how long in one task it is named; 0 for never. */
    final long stuckNoticeNanos;

    /** Whether the second signal ends the program at once. */
    final boolean secondSignalHalts;

    /** Whether uncaught exceptions are remembered as the reason. */
    final boolean tracksUncaught;

    /** Where the report is written to; null for nowhere. */
    final @Nullable String reportFile;

    /** Whether a terminal shows an exit that takes a while. */
    final boolean display;

    /** Whether it is remembered where each task was registered. */
    final boolean sites;

    /** One line for each text from outside that was not understood. */
    final List<String> warnings;

    /** Asks all sources now. */
    EffectivePolicy(@Nullable Settings code) {
        this(code, new PolicySources());
    }

    /** Asks these sources now. */
    EffectivePolicy(@Nullable Settings code, PolicySources sources) {
        Settings settings = code == null ? Settings.NONE : code;
        deadlineNanos = sources.duration(DEADLINE, settings.deadlineNanos, 0);
        stuckNoticeNanos =
                sources.duration(STUCK_NOTICE, settings.stuckNoticeNanos, ExitSequence.DEFAULT_STUCK_NOTICE_NANOS);
        secondSignalHalts =
                sources.choice(SECOND_SIGNAL, "halt", "ignore", "halt or ignore", settings.secondSignalHalts, true);
        tracksUncaught = sources.isOn(TRACK_UNCAUGHT, settings.trackUncaught, false);
        ExplainSettings explain = settings.explain;
        reportFile = sources.path(REPORT, explain == null ? null : explain.reportFile);
        display = sources.isOn(DISPLAY, explain == null ? null : explain.display, false);
        sites = sources.isOn(SITES, explain == null ? null : explain.sites, false);
        warnings = sources.warnings;
    }
}
