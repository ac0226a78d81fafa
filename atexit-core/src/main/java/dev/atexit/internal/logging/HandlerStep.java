package dev.atexit.internal.logging;

import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;

/** What there is to do about one handler of one logger when all is closed, or flushed. */
final class HandlerStep {
    private final Logger logger;
    private final Handler handler;

    /** Whether no step before this one is about the same handler: some stand on several loggers. */
    private final boolean isFirst;

    /** Whether the handler is to be closed; else it is flushed and goes on. */
    private final boolean closes;

    HandlerStep(Logger logger, Handler handler, boolean isFirst, boolean closes) {
        this.logger = logger;
        this.handler = handler;
        this.isFirst = isFirst;
        // A plain stream handler may own standard error, on which there may be more to say: the hook closes it later.
        this.closes = closes && handler.getClass() != StreamHandler.class;
    }

    void perform() {
        if (closes) {
            takeOff();
        }
        if (isFirst) {
            if (closes) {
                handler.close();
            } else {
                handler.flush();
            }
        }
    }

    /** The hook of java.util.logging must not meet a handler that hangs. */
    void takeOff() {
        LateLines.putOn(logger);
        logger.removeHandler(handler);
    }

    /** The handler, for messages. */
    @Override
    public String toString() {
        return "the " + handler.getClass().getName() + " of logger '" + logger.getName() + "'";
    }
}
