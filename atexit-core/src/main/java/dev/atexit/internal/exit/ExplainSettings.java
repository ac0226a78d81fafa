package dev.atexit.internal.exit;

import org.jspecify.annotations.Nullable;

/** What code has said about how an exit explains itself; null where it has said nothing. Immutable. */
public final class ExplainSettings {
    /** Where the report is written to; {@code %p} stands for the process's number. */
    public final @Nullable String reportFile;

    /** Whether a terminal shows what is going on. */
    public final @Nullable Boolean display;

    /** Whether it is remembered where each handler was registered. */
    public final @Nullable Boolean sites;

    /** Takes the values as they are. */
    public ExplainSettings(@Nullable String reportFile, @Nullable Boolean display, @Nullable Boolean sites) {
        this.reportFile = reportFile;
        this.display = display;
        this.sites = sites;
    }
}
