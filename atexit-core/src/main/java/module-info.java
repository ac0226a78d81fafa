/** Runs a program's cleanup when it ends: in order, in bounded time, with a report. */
// The testkit is compiled after this module, and then sees how an exit is begun without ending the JVM.
@SuppressWarnings("module")
module dev.atexit {
    requires static transitive java.logging;
    requires static transitive org.jspecify;
    requires jdk.unsupported;

    exports dev.atexit;
    exports dev.atexit.durable;
    exports dev.atexit.file;
    exports dev.atexit.lock;
    exports dev.atexit.logging;
    exports dev.atexit.signal;
    exports dev.atexit.internal.exit to
            dev.atexit.testkit;

    uses dev.atexit.logging.LoggingBackend;
}
