package dev.atexit.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.atexit.Registration;
import dev.atexit.internal.signal.SignalSource;
import dev.atexit.support.Stderr;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With signals that nobody minds: where nothing handles them, the system ignores them. */
class SignalsTest {
    private static final String SIGNAL = "WINCH";

    /** Another one, which the system ignores too; a handler of ours is left behind on it. */
    private static final String OTHER_SIGNAL = "URG";

    private static final long PATIENCE_S = 60;

    @RegisterExtension
    final Stderr err = new Stderr();

    private final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final List<Registration> registered = new ArrayList<>();

    @AfterEach
    void takeBack() {
        registered.forEach(Registration::unregister);
    }

    private Registration on(String signal, String call) {
        Registration registration = Signals.on(signal, () -> calls.add(call));
        registered.add(registration);
        return registration;
    }

    private List<String> calls(int n) throws InterruptedException {
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            seen.add(calls.poll(PATIENCE_S, TimeUnit.SECONDS));
        }
        return seen;
    }

    /** By reflection, since javac warns of it whatever one says. */
    private static void raise(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance(name));
    }

    @Test
    void on_severalActions_runLatestFirst() throws Exception {
        on(SIGNAL, "older");
        on("SIG" + SIGNAL, "newer");
        raise(SIGNAL);
        assertThat(calls(2)).containsExactly("newer", "older");
        assertThat(err.text()).isEmpty();
    }

    @Test
    void on_actionThrows_isPrintedAndTheNextOneRuns() throws Exception {
        on(SIGNAL, "older");
        registered.add(Signals.on(SIGNAL, () -> {
            throw new IllegalStateException("broken");
        }));
        raise(SIGNAL);
        assertThat(calls(1)).containsExactly("older");
        assertThat(err.lines())
                .containsExactly("[atexit] action on SIGWINCH failed: java.lang.IllegalStateException: broken");
    }

    @Test
    void unregister_oneOfTwo_leavesTheOther() throws Exception {
        Registration gone = on(SIGNAL, "gone");
        Registration kept = on(SIGNAL, "kept");
        assertThat(gone.isPending()).isTrue();
        assertThat(gone.unregister()).isTrue();
        assertThat(gone.unregister()).isFalse();
        assertThat(gone.isPending()).isFalse();
        assertThat(kept.isPending()).isTrue();
        raise(SIGNAL);
        assertThat(calls(1)).containsExactly("kept");
        assertThat(kept.unregister()).isTrue();
        assertThat(kept.isPending()).isFalse();
        assertThat(kept.unregister()).isFalse();
    }

    @Test
    void foreignHandler_thereBefore_runsAfterOursAndComesBack() throws Exception {
        SignalSource.Installed foreign =
                SignalSource.find().install(SIGNAL, (name, number) -> calls.add("foreign " + name));
        try {
            assertThat(foreign.replacedDefault()).isTrue();
            Registration ours = on(SIGNAL, "ours");
            raise(SIGNAL);
            assertThat(calls(2)).containsExactly("ours", "foreign WINCH");
            ours.unregister();
            raise(SIGNAL);
            assertThat(calls(1)).containsExactly("foreign WINCH");
        } finally {
            foreign.restore();
        }
    }

    @Test
    void foreignHandler_installedSince_stays() throws Exception {
        Registration ours = on(OTHER_SIGNAL, "ours");
        SignalSource.Installed foreign =
                SignalSource.find().install(OTHER_SIGNAL, (name, number) -> calls.add("foreign"));
        try {
            assertThat(foreign.replacedDefault()).isFalse();
            ours.unregister();
            raise(OTHER_SIGNAL);
            assertThat(calls(1)).containsExactly("foreign");
            foreign.callPrevious();
            assertThat(calls).isEmpty();
        } finally {
            foreign.restore();
        }
    }

    @Test
    void number_ofTheSignal_isThatOfTheSystem() throws Exception {
        SignalSource.Installed installed =
                SignalSource.find().install(SIGNAL, (name, number) -> calls.add(name + " " + number));
        try {
            raise(SIGNAL);
            await().atMost(PATIENCE_S, TimeUnit.SECONDS).until(() -> !calls.isEmpty());
            assertThat(calls.remove()).matches("WINCH [1-9][0-9]*");
        } finally {
            installed.restore();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "STOP", "SEGV", "BUS", "SIGBUS", "NOPE", "", "SIG"})
    void on_signalThatIsKeptOrMissing_isRefusedAndNothingIsThere(String signal) {
        assertThatThrownBy(() -> on(signal, "never"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("; signal must be one such as HUP, TERM, INT, USR1 or WINCH");
        assertThat(err.text()).isEmpty();
    }

    @Test
    void on_badNames_areRefusedInTheseWords() {
        assertThatThrownBy(() -> on("", "never")).hasMessageStartingWith("no signal is named ''");
        assertThatThrownBy(() -> on("SIGBUS", "never")).hasMessageStartingWith("SIGBUS is kept by the JVM;");
        assertThatThrownBy(() -> on("NOPE", "never")).hasMessageStartingWith("SIGNOPE does not exist here, or is kept");
    }

    @Test
    void exitStatus_takenBack_isNotPending() {
        for (int status : new int[] {0, 255}) {
            Registration exit = Signals.exitStatus(SIGNAL, status);
            assertThat(exit.isPending()).isTrue();
            assertThat(exit.unregister()).isTrue();
            assertThat(exit.isPending()).isFalse();
        }
    }

    @Test
    void exitStatus_outOfRange_isRefused() {
        for (int status : new int[] {-1, 256}) {
            assertThatThrownBy(() -> Signals.exitStatus(SIGNAL, status))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("status must be from 0 to 255, but is " + status);
        }
    }
}
