package dev.atexit.process.logging;

import dev.atexit.AtExit;
import dev.atexit.logging.LoggingShutdown;
import dev.atexit.process.Ending;
import java.util.ArrayList;
import java.util.List;

/**
 * The program of the matrix: twenty handlers that log fifty lines each, and one that logs fifty from a thread it starts.
 * Takes the framework, the way in which the handlers are run, and how it ends.
 */
final class MatrixProgram {
    static final int HANDLERS = 20;
    static final int LINES = 50;

    /** What is printed when the last handler has run. */
    static final String CLOSING = "closing";

    /** Who runs the handlers, and closes the logging. */
    enum Way {
        /** This library does, with one line. */
        ATEXIT,
        /** This library does, with one line that comes when the framework has started. */
        ATEXIT_LATER,
        /** Shutdown hooks of the JVM do, and the framework closes itself, as it is configured to. */
        HOOKS,
        /** One shutdown hook runs one after another and closes the framework then; its own hook is off. */
        BY_HAND,
    }

    /** A handler's work. */
    interface Work {
        void run() throws Exception;
    }

    private MatrixProgram() {}

    public static void main(String[] args) throws Exception {
        Framework framework = Framework.valueOf(args[0]);
        Ending ending = Ending.valueOf(args[2]);
        switch (Way.valueOf(args[1])) {
            case ATEXIT -> {
                LoggingShutdown.register();
                withAtExit(handlers(Lines.through(framework)));
            }
            case ATEXIT_LATER -> {
                List<Work> works = handlers(Lines.through(framework));
                LoggingShutdown.register();
                withAtExit(works);
            }
            case HOOKS -> withHooks(framework);
            case BY_HAND -> byHand(framework);
        }
        ending.perform();
    }

    private static void withAtExit(List<Work> works) {
        // The first to be registered is the last to run.
        AtExit.register(() -> System.out.println(CLOSING));
        for (Work work : works) {
            AtExit.register(work::run);
        }
    }

    private static void withHooks(Framework framework) {
        for (Work work : handlers(Lines.through(framework))) {
            addHook(work);
        }
    }

    private static void byHand(Framework framework) {
        List<Work> works = handlers(Lines.through(framework));
        addHook(() -> {
            for (Work work : works) {
                work.run();
            }
            System.out.println(CLOSING);
            OwnStop.of(framework);
        });
    }

    private static void addHook(Work work) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                work.run();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }));
    }

    private static List<Work> handlers(Lines lines) {
        lines.log("start");
        List<Work> works = new ArrayList<>();
        for (int i = 0; i < HANDLERS; i++) {
            String prefix = "handler " + i + " line ";
            works.add(() -> logAll(lines, prefix));
        }
        works.add(() -> {
            Thread thread = new Thread(() -> logAll(lines, "thread line "));
            thread.start();
            thread.join();
        });
        return works;
    }

    private static void logAll(Lines lines, String prefix) {
        for (int j = 0; j < LINES; j++) {
            lines.log(prefix + j);
        }
    }
}
