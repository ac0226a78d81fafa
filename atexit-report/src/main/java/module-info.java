/** Turns the report of an exit into a page, or into a timeline in the terminal. */
// The command is compiled after this module: it prints what the page shows.
@SuppressWarnings("module")
module dev.atexit.report {
    requires com.fasterxml.jackson.core;
    requires dev.atexit;
    requires static transitive org.jspecify;

    exports dev.atexit.report;
    exports dev.atexit.report.html;
    exports dev.atexit.report.timeline to
            dev.atexit.cli;
}
