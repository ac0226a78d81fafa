/** Closes Logback when every exit handler has run, so that not one line is lost. */
module dev.atexit.logback {
    requires transitive dev.atexit;
    // Static, all of it: a program on whose module path there is no Logback must start nevertheless.
    requires static transitive ch.qos.logback.classic;
    requires static transitive ch.qos.logback.core;
    requires static transitive org.jspecify;
    requires static org.slf4j;

    exports dev.atexit.logback;

    provides dev.atexit.logging.LoggingBackend with
            dev.atexit.logback.LogbackBackend;
}
