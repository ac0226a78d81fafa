package dev.atexit.logback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

class LogbackContextsTest {
    @Test
    void closeLast_null_throws() {
        assertThatThrownBy(() -> LogbackContexts.closeLast(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("context");
    }

    @Test
    void closeLast_contextGivenUp_isCollected() throws Exception {
        LoggerContext context = new LoggerContext();
        LogbackContexts.closeLast(context);
        LogbackContexts.closeLast(context);
        assertThat(LogbackContexts.named()).containsOnlyOnce(context);
        WeakReference<LoggerContext> weak = new WeakReference<>(context);
        context = null;
        long end = System.nanoTime() + 60_000_000_000L;
        while (weak.get() != null && System.nanoTime() - end < 0) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(weak.get()).isNull();
    }
}
