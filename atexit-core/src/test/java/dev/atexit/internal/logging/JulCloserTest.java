package dev.atexit.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing is for the end of a JVM, and is seen in child processes; flushing goes the same way over the loggers. */
class JulCloserTest {
    private final Logger one = Logger.getLogger("dev.atexit.test.one");
    private final Logger other = Logger.getLogger("dev.atexit.test.other");
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void takeOff() {
        for (Logger logger : List.of(one, other)) {
            for (Handler handler : logger.getHandlers()) {
                logger.removeHandler(handler);
            }
        }
    }

    private final class Recording extends Handler {
        private final String name;

        Recording(String name) {
            this.name = name;
        }

        @Override
        public void publish(LogRecord record) {}

        @Override
        public void flush() {
            calls.add(name + " flushed");
            if (name.startsWith("broken")) {
                throw new IllegalStateException(name);
            }
        }

        @Override
        public void close() {
            calls.add(name + " closed");
        }
    }

    @Test
    void flushAll_handlerOfTwoLoggers_isFlushedOnceAndStays() {
        Handler handler = new Recording("shared");
        one.addHandler(handler);
        other.addHandler(handler);
        JulCloser.flushAll();
        assertThat(calls).containsExactly("shared flushed");
        assertThat(one.getHandlers()).containsExactly(handler);
        JulCloser.flushAll();
        assertThat(calls).hasSize(2);
    }

    @Test
    void flushAll_handlersFail_theRestAreFlushedAndAllIsTold() {
        one.addHandler(new Recording("broken a"));
        one.addHandler(new Recording("good"));
        other.addHandler(new Recording("broken b"));
        assertThatThrownBy(JulCloser::flushAll)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("the .*Recording of logger 'dev.atexit.test.(one|other)' could not be flushed")
                .hasCauseInstanceOf(IllegalStateException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThat(calls).containsExactlyInAnyOrder("broken a flushed", "good flushed", "broken b flushed");
    }

    @Test
    void flushAll_oneHandlerFails_suppressesNothing() {
        one.addHandler(new Recording("broken"));
        assertThatThrownBy(JulCloser::flushAll)
                .hasMessageEndingWith("could not be flushed")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).isEmpty());
        takeOff();
        assertThatCode(JulCloser::flushAll).doesNotThrowAnyException();
    }

    @Test
    void flushAll_ourOwnHandlers_areLeftOut() {
        one.addHandler(new LateLines());
        JulCloser.flushAll();
        assertThat(one.getHandlers()).hasOnlyElementsOfType(LateLines.class);
        assertThat(JulCloser.isDone()).isFalse();
    }
}
