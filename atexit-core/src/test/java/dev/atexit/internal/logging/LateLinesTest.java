package dev.atexit.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.support.Stderr;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LateLinesTest {
    private static final int MANY = 50;

    @RegisterExtension
    final Stderr err = new Stderr();

    /** The count is of the JVM; other tests want to see their lines. */
    @BeforeEach
    @AfterEach
    void countFromNone() throws ReflectiveOperationException {
        Field shown = LateNotice.class.getDeclaredField("SHOWN");
        shown.setAccessible(true);
        ((AtomicInteger) shown.get(null)).set(0);
    }

    @Test
    void publish_manyLines_showsSomeAndSaysOnceThatThereAreMore() {
        Handler lines = onOwnLogger();
        lines.publish(null);
        lines.setLevel(Level.WARNING);
        lines.publish(new LogRecord(Level.INFO, "of no interest"));
        assertThat(err.text()).isEmpty();
        for (int i = 0; i < MANY; i++) {
            lines.publish(new LogRecord(Level.WARNING, "late"));
        }
        assertThat(err.lines())
                .hasSize(21)
                .endsWith("[atexit] logged after the log was closed: more lines, which are not shown");
        assertThat(err.lines().subList(0, err.lines().size() - 1))
                .allMatch(line -> line.startsWith("[atexit] logged after the log was closed: WARNING"))
                .allMatch(line -> line.endsWith("late"));
        lines.close();
    }

    @Test
    void show_fromAnyFramework_isEscapedAndCountedWithTheOthers() {
        LateNotice.show("WARN", null, "first\nline");
        LateNotice.show("INFO", "app", null);
        Handler lines = onOwnLogger();
        for (int i = 0; i < MANY; i++) {
            lines.publish(new LogRecord(Level.WARNING, "late"));
        }
        assertThat(err.lines())
                .hasSize(21)
                .startsWith(
                        "[atexit] logged after the log was closed: WARN (anonymous): first\\nline",
                        "[atexit] logged after the log was closed: INFO app: null");
    }

    private static Handler onOwnLogger() {
        Logger logger = Logger.getAnonymousLogger();
        logger.setUseParentHandlers(false);
        LateLines.putOn(logger);
        LateLines.putOn(logger);
        assertThat(logger.getHandlers()).hasSize(1);
        return logger.getHandlers()[0];
    }
}
