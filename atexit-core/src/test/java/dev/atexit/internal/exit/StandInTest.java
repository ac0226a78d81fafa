package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.support.Stderr;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A task whose work is done in a thread of somebody else's. */
class StandInTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final CountDownLatch end = new CountDownLatch(1);

    private void standHere() {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException ignored) {
                // Only the test ends it.
                continue;
            }
        }
    }

    private static Task waitingFor(Thread other) {
        return new TestTask("waits", () -> {
            other.start();
            other.join();
        }) {
            @Override
            public Thread standsFor() {
                return other;
            }

            @Override
            public long timeoutNanos() {
                return TimeUnit.MILLISECONDS.toNanos(20);
            }
        };
    }

    private static Task deafWaitingFor(Thread other) {
        return new TestTask("waits", () -> {
            other.start();
            while (other.isAlive()) {
                try {
                    other.join();
                } catch (InterruptedException ignored) {
                    // As if the other one did not listen.
                    continue;
                }
            }
        }) {
            @Override
            public Thread standsFor() {
                return other;
            }

            @Override
            public long timeoutNanos() {
                return TimeUnit.MILLISECONDS.toNanos(20);
            }
        };
    }

    @Test
    void standsFor_timeIsUp_theStackIsThatOfTheThreadThatWorks() throws Exception {
        Thread other = new Thread(this::standHere, "works");
        ExitScope scope = ExitScope.detached(null);
        scope.register(deafWaitingFor(other));
        TaskResult result = scope.simulateExit(Reason.endOfMain()).results.get(0);
        end.countDown();
        other.join();
        assertThat(result.outcome).isEqualTo(Outcome.LEFT_BEHIND);
        assertThat(result.stall.stack)
                .extracting(StackTraceElement::getMethodName)
                .contains("standHere");
        assertThat(err.text()).contains("StandInTest.standHere(");
    }

    @Test
    void standsFor_timeIsUp_theInterruptGoesToTheOneThatWaits() throws Exception {
        Thread other = new Thread(this::standHere, "works");
        ExitScope scope = ExitScope.detached(null);
        scope.register(waitingFor(other));
        TaskResult result = scope.simulateExit(Reason.endOfMain()).results.get(0);
        assertThat(other.isInterrupted()).isFalse();
        end.countDown();
        other.join();
        assertThat(result.outcome).isEqualTo(Outcome.TIMED_OUT);
    }
}
