/** Runs a program's cleanup when it ends: in order, in bounded time, with a report. */
module dev.atexit {
    requires static org.jspecify;
    requires jdk.unsupported;

    exports dev.atexit;
    exports dev.atexit.signal;
}
