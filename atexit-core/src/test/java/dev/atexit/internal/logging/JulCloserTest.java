package dev.atexit.internal.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Closing is for the end of a JVM, and is seen in child processes; flushing goes the same way over the loggers. */
class JulCloserTest {
    /** What no handler here needs, on whatever machine. */
    private static final long LONG_NANOS = 60_000_000_000L;

    private final Logger one = Logger.getLogger("dev.atexit.test.one");
    private final Logger other = Logger.getLogger("dev.atexit.test.other");
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void takeOff() {
        for (Logger logger : List.of(one, other)) {
            for (Handler handler : logger.getHandlers()) {
                logger.removeHandler(handler);
            }
        }
    }

    private class Recording extends Handler {
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
    void flushAll_handlerOfTwoLoggers_isFlushedOnceAndStays() throws Exception {
        Handler handler = new Recording("shared");
        one.addHandler(handler);
        other.addHandler(handler);
        JulCloser.flushAll(LONG_NANOS);
        assertThat(calls).containsExactly("shared flushed");
        assertThat(one.getHandlers()).containsExactly(handler);
        JulCloser.flushAll(LONG_NANOS);
        assertThat(calls).hasSize(2);
    }

    @Test
    void flushAll_handlersFail_theRestAreFlushedAndAllIsTold() {
        one.addHandler(new Recording("broken a"));
        one.addHandler(new Recording("good"));
        other.addHandler(new Recording("broken b"));
        assertThatThrownBy(() -> JulCloser.flushAll(LONG_NANOS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("the .*Recording of logger 'dev.atexit.test.(one|other)' could not be flushed")
                .hasCauseInstanceOf(IllegalStateException.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
        assertThat(calls).containsExactlyInAnyOrder("broken a flushed", "good flushed", "broken b flushed");
    }

    @Test
    void flushAll_oneHandlerFails_suppressesNothing() {
        one.addHandler(new Recording("broken"));
        assertThatThrownBy(() -> JulCloser.flushAll(LONG_NANOS))
                .hasMessageEndingWith("could not be flushed")
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).isEmpty());
        takeOff();
        assertThatCode(() -> JulCloser.flushAll(LONG_NANOS)).doesNotThrowAnyException();
    }

    @Test
    void flushAll_ourOwnHandlers_areLeftOut() throws Exception {
        one.setUseParentHandlers(false);
        LateLines.putOn(one);
        LateLines.putOn(other);
        one.setUseParentHandlers(true);
        JulCloser.flushAll(LONG_NANOS);
        assertThat(one.getHandlers()).singleElement().isInstanceOf(LateLines.class);
        assertThat(other.getHandlers()).isEmpty();
        assertThat(JulCloser.isDone()).isFalse();
    }

    @Test
    void flushAll_handlersHang_restIsFlushedAndThoseAreNamed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger hanging = new AtomicInteger();
        Handler hangs = new Recording("good") {
            @Override
            public void flush() {
                hanging.incrementAndGet();
                awaitAll(end);
            }
        };
        one.addHandler(hangs);
        one.addHandler(new Recording("good a"));
        other.addHandler(hangs);
        other.addHandler(new Recording("good b"));
        assertThatThrownBy(() -> JulCloser.flushAll(1_000_000_000))
                .isInstanceOf(TimeoutException.class)
                .hasMessageMatching("1 of \\d+ log handlers could not be flushed within 1 s:"
                        + " the .*JulCloserTest.* of logger 'dev.atexit.test.(one|other)' hangs")
                .satisfies(thrown -> assertThat(thrown.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("awaitAll")));
        assertThat(calls).containsExactlyInAnyOrder("good a flushed", "good b flushed");
        assertThat(hanging).hasValue(1);
        end.countDown();
    }

    @Test
    void flushAll_interrupted_returnsAtOnce() {
        CountDownLatch end = new CountDownLatch(1);
        one.addHandler(new Recording("good") {
            @Override
            public void flush() {
                awaitAll(end);
            }
        });
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> JulCloser.flushAll(LONG_NANOS)).isInstanceOf(TimeoutException.class);
        assertThat(Thread.interrupted()).isTrue();
        end.countDown();
    }

    private static void awaitAll(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException nobodyInterrupts) {
            throw new AssertionError(nobodyInterrupts);
        }
    }
}
