package dev.atexit.agent.internal;

import dev.atexit.internal.exit.ExitSummary;
import dev.atexit.internal.exit.ReportSink;
import dev.atexit.internal.exit.SystemThread;
import dev.atexit.internal.report.ReportFile;
import java.io.IOException;
import java.util.Locale;

/** Writes the report: as a page if its name says so, else as JSON. */
final class HookReport implements ReportSink {
    private static final String PAGE = ".html";

    /** Gets ready for an exit that may be cut short. */
    static void prepare(String path) {
        if (isPage(path)) {
            SystemThread.startIfPossible("atexit-agent-page", new PageForm());
        }
    }

    private static boolean isPage(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(PAGE);
    }

    @Override
    public void write(String path, ExitSummary exit) throws IOException {
        new ReportFile(isPage(path) ? new PageForm() : null).write(path, exit);
    }
}
