package dev.atexit.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.core.util.Cancellable;
import org.junit.jupiter.api.Test;

class ExitCallbacksTest {
    private final ExitCallbacks callbacks = new ExitCallbacks();
    private final List<String> ran = new ArrayList<>();

    @Test
    void callbacks_ofTheProgram_runInOrderAndOnce() throws Exception {
        callbacks.addShutdownCallback(() -> ran.add("first"));
        callbacks.addShutdownCallback(() -> ran.add("second"));
        runAll();
        runAll();
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void callback_cancelled_doesNotRun() throws Exception {
        Cancellable receipt = callbacks.addShutdownCallback(() -> ran.add("cancelled"));
        receipt.cancel();
        receipt.run();
        runAll();
        assertThat(ran).isEmpty();
    }

    @Test
    void callback_throws_othersRun() throws Exception {
        callbacks.addShutdownCallback(() -> {
            throw new IllegalStateException("on purpose");
        });
        callbacks.addShutdownCallback(() -> ran.add("other"));
        runAll();
        assertThat(ran).containsExactly("other");
    }

    @Test
    void callback_hangs_isLeftBehind() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        callbacks.addShutdownCallback(() -> {
            try {
                end.await();
            } catch (InterruptedException asked) {
                Thread.currentThread().interrupt();
            }
        });
        callbacks.runThoseOfProgram(new Bound(TimeUnit.MILLISECONDS.toNanos(10)));
        end.countDown();
    }

    @Test
    void callback_ofAContextThatIsClosed_doesNotRun() throws Exception {
        callbacks.addShutdownCallback(ofContext("mine"));
        runAll();
        assertThat(ran).isEmpty();
        callbacks.runThoseOfContexts(List.of(), new Bound(TimeUnit.MINUTES.toNanos(1)));
        assertThat(ran).containsExactly("mine");
    }

    private Runnable ofContext(String name) {
        return new Runnable() {
            @Override
            public void run() {
                ran.add(name);
            }

            @Override
            public String toString() {
                return "Shutdown callback for LoggerContext[name=" + name + "]";
            }
        };
    }

    private void runAll() throws InterruptedException {
        callbacks.runThoseOfProgram(new Bound(TimeUnit.MINUTES.toNanos(1)));
    }
}
