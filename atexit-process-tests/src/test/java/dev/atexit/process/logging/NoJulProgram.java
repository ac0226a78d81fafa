package dev.atexit.process.logging;

import dev.atexit.AtExit;
import dev.atexit.logging.LoggingShutdown;

/** A program that names no type of java.util.logging, so that it runs without that module. */
final class NoJulProgram {
    private NoJulProgram() {}

    public static void main(String[] args) {
        LoggingShutdown.register();
        LoggingShutdown.register();
        System.Logger logger = System.getLogger("app");
        AtExit.register(() -> logger.log(System.Logger.Level.INFO, "from a handler"));
        System.exit(3);
    }
}
