/** For tests of programs that use atexit. */
module dev.atexit.testkit {
    requires transitive dev.atexit;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports dev.atexit.testkit;
}
