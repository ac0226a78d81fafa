/** Runs a program's cleanup when it ends: in order, in bounded time, with a report. */
module dev.atexit {
    requires static transitive java.logging;
    requires static org.jspecify;
    requires jdk.unsupported;

    exports dev.atexit;
    exports dev.atexit.logging;
    exports dev.atexit.signal;

    uses dev.atexit.logging.LoggingBackend;
}
