/** Runs a program's cleanup when it ends: in order, in bounded time, with a report. */
// These are compiled after this module: the testkit begins an exit without ending the JVM, and the command prints what
// others have written.
@SuppressWarnings("module")
module dev.atexit {
    requires static transitive java.logging;
    requires static transitive org.jspecify;
    requires static java.management;
    requires static jdk.jfr;
    requires jdk.unsupported;

    exports dev.atexit;
    exports dev.atexit.durable;
    exports dev.atexit.file;
    exports dev.atexit.lock;
    exports dev.atexit.logging;
    exports dev.atexit.signal;
    exports dev.atexit.internal.exit to
            dev.atexit.cli,
            dev.atexit.report,
            dev.atexit.testkit;

    uses dev.atexit.logging.LoggingBackend;
}
