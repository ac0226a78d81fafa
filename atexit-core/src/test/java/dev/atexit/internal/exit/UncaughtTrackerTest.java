package dev.atexit.internal.exit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atexit.support.Stderr;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What ends the last thread of a program is seen in child processes; here there is always another thread. */
class UncaughtTrackerTest {
    @RegisterExtension
    final Stderr err = new Stderr();

    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    private final List<String> calls = new ArrayList<>();

    @AfterEach
    void restore() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    private static Thread.UncaughtExceptionHandler installed() {
        UncaughtTracker.install();
        return Thread.getDefaultUncaughtExceptionHandler();
    }

    @Test
    void install_handlerIsThere_chainsItOnce() {
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> calls.add(error.getMessage()));
        Thread.UncaughtExceptionHandler tracker = installed();
        assertThat(tracker).isInstanceOf(UncaughtTracker.class);
        assertThat(installed()).isSameAs(tracker);
        tracker.uncaughtException(new Thread("other"), new IllegalStateException("it"));
        assertThat(calls).containsExactly("it");
        assertThat(err.text()).isEmpty();
        Reason endOfMain = Reason.endOfMain();
        assertThat(UncaughtTracker.refine(endOfMain)).isSameAs(endOfMain);
    }

    @Test
    void uncaught_noHandlerIsThere_isPrintedAsTheJvmDoes() {
        Thread.setDefaultUncaughtExceptionHandler(null);
        installed().uncaughtException(new Thread("other"), new IllegalStateException("it"));
        assertThat(err.lines()).containsExactly("Exception in thread \"other\" java.lang.IllegalStateException: it");
    }
}
