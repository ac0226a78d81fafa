package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.support.Stderr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NotifierTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    /** Time stands still, and every wait is over as soon as somebody waits for it in vain. */
    private static class Impatient extends Clock {
        private long nanos;

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        public long millis() {
            return 0;
        }

        @Override
        public synchronized void await(Object monitor, long wait, List<Thread> busy) {
            nanos += wait;
        }
    }

    private static ExitObserver observer(TestObserver tell) {
        return new ExitObserver() {
            @Override
            public void on(Notice notice) {
                try {
                    tell.on(notice);
                } catch (Exception failed) {
                    throw new IllegalStateException(failed);
                }
            }

            @Override
            public boolean wantsAll() {
                return false;
            }
        };
    }

    private interface TestObserver {
        void on(Notice notice) throws Exception;
    }

    @Test
    void direct_deliver_tellsOnTheCallersThread() {
        Notifier notifier = new Notifier(
                null, observer(notice -> told.add(Thread.currentThread().getName())), true);
        notifier.deliver(Notice.warning("a"));
        assertThat(told).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void deliver_duringAnExit_tellsInOrderOnOneThreadAndWaits() {
        Notifier notifier = new Notifier(
                null,
                observer(
                        notice -> told.add(notice.label + Thread.currentThread().getName())),
                false);
        notifier.deliver(Notice.warning("a "));
        notifier.deliver(Notice.warning("b "));
        notifier.drain(TimeUnit.MINUTES.toNanos(1));
        notifier.end();
        assertThat(told).containsExactly("a atexit-listener", "b atexit-listener");
    }

    @Test
    void deliver_observerIsTooSlow_nobodyWaitsAgainAndItIsToldTheRest() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch all = new CountDownLatch(3);
        Impatient clock = new Impatient();
        Notifier notifier = new Notifier(
                clock,
                observer(notice -> {
                    assertThat(goOn.await(1, TimeUnit.MINUTES)).isTrue();
                    told.add(notice.label);
                    all.countDown();
                }),
                false);
        notifier.deliver(Notice.warning("a"));
        assertThat(clock.nanos()).isEqualTo(250_000_000);
        notifier.deliver(Notice.warning("b"));
        notifier.deliver(Notice.warning("c"));
        assertThat(clock.nanos()).isEqualTo(250_000_000);
        goOn.countDown();
        assertThat(all.await(1, TimeUnit.MINUTES)).isTrue();
        notifier.end();
        assertThat(told).containsExactly("a", "b", "c");
    }

    @Test
    void deliver_callerIsInterrupted_staysInterruptedAndTheNoticeIsTaken() {
        Notifier notifier = new Notifier(null, observer(notice -> told.add(notice.label)), false);
        Thread.currentThread().interrupt();
        notifier.deliver(Notice.warning("a"));
        assertThat(Thread.interrupted()).isTrue();
        notifier.drain(TimeUnit.MINUTES.toNanos(1));
        notifier.end();
        assertThat(told).containsExactly("a");
    }

    @Test
    void deliver_noThreadToBeHad_tellsOnTheCallersThread() {
        Clock threadless = new Impatient() {
            @Override
            boolean start(SystemThread thread) {
                return false;
            }
        };
        Notifier notifier = new Notifier(
                threadless, observer(notice -> told.add(Thread.currentThread().getName())), false);
        notifier.deliver(Notice.warning("a"));
        assertThat(told).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void observer_none_isStandardError() {
        new Notifier(null, null, true).deliver(Notice.warning("a line"));
        assertThat(err.text()).isEqualTo("[atexit] a line" + System.lineSeparator());
    }
}
