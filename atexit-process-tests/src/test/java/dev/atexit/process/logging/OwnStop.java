package dev.atexit.process.logging;

import java.util.logging.LogManager;

/** Each framework's own way to be stopped, as its manual says: what our close is measured against. */
final class OwnStop {
    private OwnStop() {}

    // By reflection: no framework is on the class path that the tests are compiled with.
    static void of(Framework framework) throws Exception {
        switch (framework) {
            case JUL, SYSTEM_LOGGER -> LogManager.getLogManager().reset();
            case LOGBACK_1_5, LOGBACK_1_6 -> {
                Object context = org.slf4j.LoggerFactory.getILoggerFactory();
                context.getClass().getMethod("stop").invoke(context);
            }
            case LOG4J2 ->
                Class.forName("org.apache.logging.log4j.LogManager")
                        .getMethod("shutdown")
                        .invoke(null);
            case TINYLOG -> {
                Object provider = Class.forName("org.tinylog.provider.ProviderRegistry")
                        .getMethod("getLoggingProvider")
                        .invoke(null);
                Class.forName("org.tinylog.provider.LoggingProvider")
                        .getMethod("shutdown")
                        .invoke(provider);
            }
            case SLF4J_SIMPLE -> {}
        }
    }
}
