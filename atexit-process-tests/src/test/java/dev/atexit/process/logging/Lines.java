package dev.atexit.process.logging;

/** Where a program of the tests puts its lines. */
interface Lines {
    void log(String line);

    /** The logger of a framework, which is started by this. */
    static Lines through(Framework framework) {
        return switch (framework) {
            case JUL -> new Jul();
            case SYSTEM_LOGGER -> new System();
            default -> new Slf4j();
        };
    }

    /** Through java.util.logging. */
    final class Jul implements Lines {
        private final java.util.logging.Logger logger = java.util.logging.Logger.getLogger("app");

        @Override
        public void log(String line) {
            logger.info(line);
        }
    }

    /** Through what the JDK itself logs through. */
    final class System implements Lines {
        private final java.lang.System.Logger logger = java.lang.System.getLogger("app");

        @Override
        public void log(String line) {
            logger.log(java.lang.System.Logger.Level.INFO, line);
        }
    }

    /** Through whichever framework is bound to slf4j. */
    final class Slf4j implements Lines {
        private final org.slf4j.Logger logger = org.slf4j.LoggerFactory.getLogger("app");

        @Override
        public void log(String line) {
            logger.info(line);
        }
    }
}
