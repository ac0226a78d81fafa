package dev.atexit.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SentinelTest {
    private final Logger root = Logger.getLogger("");
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private Handler[] before;

    @BeforeEach
    void empty() {
        before = root.getHandlers();
        takeAllOff();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        takeAllOff();
        System.setErr(errBefore);
        for (Handler handler : before) {
            root.addHandler(handler);
        }
    }

    @Test
    void post_handlersAreThere_standsBeforeThemAndKeepsTheirOrder() {
        Handler a = new Silent();
        Handler b = new Silent();
        root.addHandler(a);
        root.addHandler(b);
        Sentinel.post();
        assertThat(root.getHandlers()).hasSize(3).endsWith(a, b);
        assertThat(root.getHandlers()[0]).isInstanceOf(Sentinel.class);
    }

    @Test
    void post_again_changesNothing() {
        Sentinel.post();
        Handler[] once = root.getHandlers();
        Sentinel.post();
        assertThat(root.getHandlers()).isEqualTo(once);
    }

    @Test
    void removed_withAllHandlers_comesBackFirst() {
        root.addHandler(new Silent());
        Sentinel.post();
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        Handler own = new Silent();
        root.addHandler(own);
        assertThat(root.getHandlers()).hasSize(2).endsWith(own);
        assertThat(root.getHandlers()[0]).isInstanceOf(Sentinel.class);
    }

    @Test
    void removed_alone_comesBackBeforeTheOthers() {
        Handler own = new Silent();
        root.addHandler(own);
        Sentinel.post();
        root.removeHandler(root.getHandlers()[0]);
        assertThat(root.getHandlers()).hasSize(2).endsWith(own);
        assertThat(root.getHandlers()[0]).isInstanceOf(Sentinel.class);
    }

    @Test
    void removed_untilNoneIsLeft_givesUpAndSaysSo() {
        Sentinel.post();
        int removed = 0;
        while (root.getHandlers().length > 0) {
            root.removeHandler(root.getHandlers()[0]);
            removed++;
        }
        assertThat(removed).isEqualTo(Sentinel.RETURNS + 1);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("call LoggingShutdown.register() once logging is");
    }

    @Test
    void close_programIsAlive_returnsAtOnce() {
        Sentinel.post();
        root.getHandlers()[0].close();
        assertThat(root.getHandlers()).hasSize(1);
    }

    private void takeAllOff() {
        while (root.getHandlers().length > 0) {
            root.removeHandler(root.getHandlers()[0]);
        }
    }

    private static final class Silent extends Handler {
        @Override
        public void publish(LogRecord record) {}

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
