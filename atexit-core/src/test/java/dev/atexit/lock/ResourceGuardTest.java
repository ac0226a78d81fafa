package dev.atexit.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atexit.AtExit;
import dev.atexit.testkit.AtExitControl;
import dev.atexit.testkit.FreshAtExit;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@FreshAtExit
class ResourceGuardTest {
    @TempDir
    private Path directory;

    private final List<String> calls = new ArrayList<>();

    private ResourceGuard<String> guard() {
        return ResourceGuard.of(
                "demo",
                () -> {
                    calls.add("acquire");
                    return "resource";
                },
                resource -> calls.add("release " + resource));
    }

    @Test
    void acquire_givesTheResource_exitReleasesIt(AtExitControl control) throws Exception {
        ResourceGuard<String> guard = guard();
        assertThat(guard.acquire()).isEqualTo("resource");
        assertThat(guard.isHeld()).isTrue();
        assertThat(control.exit().isClean()).isTrue();
        assertThat(calls).containsExactly("acquire", "release resource");
        assertThat(guard.isHeld()).isFalse();
    }

    @Test
    void release_early_isDoneOnce(AtExitControl control) throws Exception {
        ResourceGuard<String> guard = guard();
        guard.acquire();
        assertThat(guard.release()).isTrue();
        assertThat(guard.release()).isFalse();
        guard.close();
        control.exit();
        assertThat(calls).containsExactly("acquire", "release resource");
    }

    @Test
    void clear_forgetsTheGuardToo_andItCanStillBeReleased(AtExitControl control) throws Exception {
        ResourceGuard<String> guard = guard();
        guard.acquire();
        AtExit.clear();
        control.exit();
        assertThat(calls).containsExactly("acquire");
        assertThat(guard.release()).isTrue();
        assertThat(calls).containsExactly("acquire", "release resource");
    }

    @Test
    void acquire_fails_registersNothingAndPassesTheExceptionOn() {
        IOException failure = new IOException("no");
        ResourceGuard<String> guard = ResourceGuard.of(
                "demo",
                () -> {
                    throw failure;
                },
                resource -> calls.add("release"));
        assertThatThrownBy(guard::acquire).isSameAs(failure);
        assertThat(guard.isHeld()).isFalse();
        assertThat(AtExit.runExitHandlers().entries()).isEmpty();
        assertThat(calls).isEmpty();
    }

    @Test
    void release_fromTwoThreadsAtOnce_isDoneOnce() throws Exception {
        for (int round = 0; round < 200; round++) {
            AtomicInteger released = new AtomicInteger();
            ResourceGuard<String> guard = ResourceGuard.of("demo", () -> "it", it -> released.incrementAndGet());
            guard.acquire();
            CountDownLatch start = new CountDownLatch(1);
            Thread other = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException impossible) {
                    throw new IllegalStateException(impossible);
                }
                guard.release();
            });
            other.start();
            start.countDown();
            guard.release();
            other.join();
            assertThat(released).hasValue(1);
        }
    }

    @Test
    void named_takenByAnother_namesTheHolder() throws Exception {
        FileLocks.in(directory);
        try (LockGuard holder = ResourceGuard.named("nightly", FileLocks.in(directory));
                LockGuard second = ResourceGuard.named("nightly", FileLocks.in(directory))) {
            holder.acquire();
            assertThatThrownBy(second::acquire)
                    .isInstanceOf(LockTakenException.class)
                    .hasMessageContaining("nightly")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
            assertThat(second.tryAcquire()).isEmpty();
            holder.release();
            assertThat(second.tryAcquire()).isPresent();
        }
    }

    @Test
    void named_free_givesTheLock() throws Exception {
        try (LockGuard guard = ResourceGuard.named("nightly", FileLocks.in(directory))) {
            assertThat(guard.acquire(Duration.ofMinutes(1)).name()).isEqualTo("nightly");
            guard.release();
            assertThat(guard.acquire().isHeld()).isTrue();
        }
        assertThat(ResourceGuard.named("nightly").name()).isEqualTo("nightly");
    }

    @Test
    void of_badArguments_areNamed() {
        assertThatThrownBy(() -> ResourceGuard.of(" ", () -> "it", it -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ResourceGuard.of("demo", null, it -> {})).hasMessageContaining("acquire");
    }
}
