/** Closes Log4j2 when every exit handler has run. */
// The digit is part of the name that its users know.
@SuppressWarnings("module")
module dev.atexit.log4j2 {
    requires transitive dev.atexit;
    // Static, so that a program without Log4j starts: this module is found by the core, and may be there for others.
    requires static org.apache.logging.log4j;
    requires static org.apache.logging.log4j.core;
    requires static org.jspecify;

    exports dev.atexit.log4j2;

    provides dev.atexit.logging.LoggingBackend with
            dev.atexit.log4j2.Log4j2Backend;
}
